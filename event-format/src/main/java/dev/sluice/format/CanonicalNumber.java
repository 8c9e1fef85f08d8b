package dev.sluice.format;

import java.math.BigInteger;

/// A JSON number by value: sign, digits without zeros at either end, and a power of ten. It is
/// never expanded, so that 1e999999999 costs no more than 1.
final class CanonicalNumber {

  private static final int NUMBER = '#';
  private static final int ZERO = '0';

  /// An exponent with this many digits fits into a `long`, whatever is added to it.
  private static final int SHORT_EXPONENT = 17;

  /// Longer exponents are compared as text, because arithmetic would cost too much.
  private static final int LONGEST_EXPONENT = 200;

  private final String json;
  private final int start;
  private final int end;

  /// Creates a number from the part of the text from `start` to `end`.
  CanonicalNumber(String json, int start, int end) {
    this.json = json;
    this.start = start;
    this.end = end;
  }

  void write(CanonicalBytes target) {
    int digits = json.charAt(start) == '-' ? start + 1 : start;
    int exponentAt = exponentAt(digits);
    int point = json.indexOf('.', digits, exponentAt);
    int first = firstNonZero(digits, exponentAt);
    target.tag(NUMBER);
    if (first == exponentAt) {
      target.tag(ZERO);
      return;
    }
    int last = lastNonZero(exponentAt);
    target.tag(digits == start ? '+' : '-');
    writeDigits(target, first, last, point);
    target.tag('e');
    writeExponent(target, exponentAt, powerOf(last, point < 0 ? exponentAt : point));
    target.tag(CanonicalBytes.END);
  }

  private int exponentAt(int from) {
    for (int index = from; index < end; index++) {
      if ((json.charAt(index) | 0x20) == 'e') {
        return index;
      }
    }
    return end;
  }

  private int firstNonZero(int from, int to) {
    int index = from;
    while (index < to && (json.charAt(index) == '0' || json.charAt(index) == '.')) {
      index++;
    }
    return index;
  }

  private int lastNonZero(int to) {
    int index = to - 1;
    while (json.charAt(index) == '0' || json.charAt(index) == '.') {
      index--;
    }
    return index;
  }

  private void writeDigits(CanonicalBytes target, int first, int last, int point) {
    for (int index = first; index <= last; index++) {
      if (index != point) {
        target.unit(json.charAt(index));
      }
    }
  }

  /// Returns the power of ten of the digit at `index` when the decimal point is at `point`.
  private static int powerOf(int index, int point) {
    return index < point ? point - index - 1 : point - index;
  }

  private void writeExponent(CanonicalBytes target, int exponentAt, int power) {
    int from = Math.min(exponentAt + 1, end);
    boolean isNegative = from < end && json.charAt(from) == '-';
    while (from < end && (json.charAt(from) < '1' || json.charAt(from) > '9')) {
      from++;
    }
    String digits = json.substring(from, Math.min(end, from + LONGEST_EXPONENT + 1));
    if (digits.length() <= SHORT_EXPONENT) {
      long exponent = digits.isEmpty() ? 0 : Long.parseLong(digits);
      plain(target, Long.toString((isNegative ? -exponent : exponent) + power));
    } else if (digits.length() <= LONGEST_EXPONENT) {
      BigInteger exponent = new BigInteger(digits);
      plain(
          target,
          (isNegative ? exponent.negate() : exponent).add(BigInteger.valueOf(power)).toString());
    } else {
      target.tag(isNegative ? '-' : '+');
      plain(target, json.substring(from, end));
      target.tag(CanonicalBytes.END);
      plain(target, Integer.toString(power));
    }
  }

  private static void plain(CanonicalBytes target, String text) {
    for (int index = 0; index < text.length(); index++) {
      target.unit(text.charAt(index));
    }
  }
}
