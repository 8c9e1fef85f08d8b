package dev.sluice.format.webhook;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.IntPredicate;

/// Percent-encodes texts (RFC 3986, 2.1), with upper-case digits.
final class PercentEncoding {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /// Encodes the value of a header with an attribute: all but printable ASCII, and of that the
  /// space, the double quote and the percent sign (CloudEvents HTTP binding, 3.1.3.2).
  static String ofHeader(String value) {
    return of(value, one -> one > ' ' && one <= '~' && one != '"' && one != '%');
  }

  /// Encodes a text in UTF-8.
  ///
  /// @param isKept whether an ASCII character stays as it is
  static String of(String text, IntPredicate isKept) {
    var encoded = new StringBuilder(text.length());
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      if (one >= 0 && isKept.test(one)) {
        encoded.append((char) one);
      } else {
        HEX.toHexDigits(encoded.append('%'), one);
      }
    }
    return encoded.toString();
  }
}
