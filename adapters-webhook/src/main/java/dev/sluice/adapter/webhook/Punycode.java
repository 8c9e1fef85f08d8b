package dev.sluice.adapter.webhook;

/// The encoding of non-ASCII names, RFC 3492.
///
/// `java.net.IDN` knows only the older rules for names, which refuse some that registries accept.
final class Punycode {

  private static final int BASE = 36;
  private static final int MIN = 1;
  private static final int MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;

  private Punycode() {}

  /// Returns whether the text behind `xn--` decodes to a name with at least one character that is
  /// not ASCII.
  static boolean isValid(String text) {
    int delimiter = text.lastIndexOf('-');
    return isDecodable(text.substring(delimiter + 1), Math.max(0, delimiter));
  }

  private static boolean isDecodable(String digits, int basicCharacters) {
    long codePoint = 128;
    long position = 0;
    int bias = 72;
    int length = basicCharacters;
    int next = 0;
    while (next < digits.length()) {
      long before = position;
      long weight = 1;
      int threshold = 0;
      int digit = BASE;
      for (int k = BASE; digit >= threshold; k += BASE) {
        digit = next < digits.length() ? digit(digits.charAt(next++)) : -1;
        position += digit * weight;
        if (digit < 0 || position > Integer.MAX_VALUE) {
          return false;
        }
        threshold = Math.clamp(k - (long) bias, MIN, MAX);
        weight *= BASE - threshold;
      }
      length++;
      bias = adapted(position - before, length, before == 0);
      codePoint += position / length;
      position = position % length + 1;
      if (!isCharacter(codePoint)) {
        return false;
      }
    }
    return length > basicCharacters;
  }

  private static int digit(char character) {
    if (character >= 'a' && character <= 'z') {
      return character - 'a';
    }
    return character >= '0' && character <= '9' ? character - '0' + MAX : -1;
  }

  private static boolean isCharacter(long codePoint) {
    return codePoint <= Character.MAX_CODE_POINT
        && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }

  private static int adapted(long difference, int length, boolean isFirst) {
    long delta = isFirst ? difference / DAMP : difference / 2;
    delta += delta / length;
    int k = 0;
    while (delta > (BASE - MIN) * MAX / 2) {
      delta /= BASE - MIN;
      k += BASE;
    }
    return (int) (k + (BASE - MIN + 1) * delta / (delta + SKEW));
  }
}
