package dev.sluice.domain.filter;

/// A number by its decimal digits. It is never expanded, so that 1e999999999 costs no more than 1.
///
/// @param isNegative whether it is less than zero
/// @param digits without zeros at either end; empty for zero
/// @param exponent the power of ten of the last digit, at most [#MOST] from zero
record Decimal(boolean isNegative, String digits, long exponent) {

  /// Farther from zero than the exponent of any floating-point number; arithmetic stays exact.
  private static final long MOST = 1_000_000_000_000L;

  private static final Decimal ZERO = new Decimal(false, "", 0);

  /// @param text a number in the syntax of JSON or of [Double#toString]
  static Decimal of(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int end = endOfDigits(text);
    int point = text.indexOf('.');
    String all =
        point < 0
            ? text.substring(start, end)
            : text.substring(start, point) + text.substring(point + 1, end);
    int first = 0;
    while (first < all.length() && all.charAt(first) == '0') {
      first++;
    }
    if (first == all.length()) {
      return ZERO;
    }
    int last = all.length();
    while (all.charAt(last - 1) == '0') {
      last--;
    }
    long fraction = point < 0 ? 0 : end - point - 1;
    return new Decimal(
        start == 1,
        all.substring(first, last),
        exponentOf(text, end) - fraction + all.length() - last);
  }

  private static int endOfDigits(String text) {
    for (int index = 0; index < text.length(); index++) {
      if ((text.charAt(index) | 0x20) == 'e') {
        return index;
      }
    }
    return text.length();
  }

  private static long exponentOf(String text, int end) {
    long exponent = 0;
    for (int index = end + 1; index < text.length(); index++) {
      char digit = text.charAt(index);
      if (digit >= '0' && digit <= '9') {
        exponent = Math.min(MOST, exponent * 10 + digit - '0');
      }
    }
    return end + 1 < text.length() && text.charAt(end + 1) == '-' ? -exponent : exponent;
  }
}
