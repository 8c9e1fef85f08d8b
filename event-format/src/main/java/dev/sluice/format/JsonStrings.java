package dev.sluice.format;

import java.nio.charset.StandardCharsets;

/// The content of JSON strings, between their quotes.
final class JsonStrings {

  private static final int HEX_DIGITS = 4;

  private JsonStrings() {}

  /// Finds the quote that ends a string.
  ///
  /// @param text valid UTF-8
  /// @param start the index after the opening quote
  /// @return the index of the quote; `-1 - index` when the string is malformed at an index, which
  ///   is the end of the text when the string has no end
  static int end(byte[] text, int start) {
    int at = start;
    while (at < text.length) {
      byte one = text[at];
      if (one == '"') {
        return at;
      }
      if (one == '\\') {
        int length = escapeLength(text, at);
        if (length == 0) {
          return -1 - at;
        }
        at += length;
      } else if (one >= 0 && one < ' ') {
        return -1 - at;
      } else {
        at++;
      }
    }
    return -1 - text.length;
  }

  /// Returns the length of the escape at a backslash; 0 when it is invalid.
  private static int escapeLength(byte[] text, int at) {
    if (at + 1 >= text.length) {
      return 0;
    }
    return switch (text[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
      case 'u' -> hasHex(text, at + 2) ? 2 + HEX_DIGITS : 0;
      default -> 0;
    };
  }

  private static boolean hasHex(byte[] text, int start) {
    if (start + HEX_DIGITS > text.length) {
      return false;
    }
    for (int at = start; at < start + HEX_DIGITS; at++) {
      if (Character.digit(text[at], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /// Finds the quote that ends a string without escapes, as nearly all strings are.
  ///
  /// @return -1 for other strings, and for malformed ones
  static int plainEnd(byte[] text, int start) {
    for (int at = start; at < text.length; at++) {
      byte one = text[at];
      if (one == '"') {
        return at;
      }
      if (one == '\\' || (one >= 0 && one < ' ')) {
        return -1;
      }
    }
    return -1;
  }

  /// Returns the text of a string that [#end] found to be well-formed. Unpaired surrogates are
  /// kept.
  static String decode(byte[] text, int start, int end) {
    var decoded = new StringBuilder(end - start);
    int plainStart = start;
    int at = start;
    while (at < end) {
      if (text[at] == '\\') {
        append(decoded, text, plainStart, at);
        at = unescape(decoded, text, at + 1);
        plainStart = at;
      } else {
        at++;
      }
    }
    append(decoded, text, plainStart, end);
    return decoded.toString();
  }

  private static void append(StringBuilder decoded, byte[] text, int start, int end) {
    if (end > start) {
      decoded.append(new String(text, start, end - start, StandardCharsets.UTF_8));
    }
  }

  private static int unescape(StringBuilder decoded, byte[] text, int at) {
    switch (text[at]) {
      case 'b' -> decoded.append('\b');
      case 'f' -> decoded.append('\f');
      case 'n' -> decoded.append('\n');
      case 'r' -> decoded.append('\r');
      case 't' -> decoded.append('\t');
      case 'u' -> {
        decoded.append(codeUnit(text, at + 1));
        return at + 1 + HEX_DIGITS;
      }
      default -> decoded.append((char) text[at]);
    }
    return at + 1;
  }

  private static char codeUnit(byte[] text, int at) {
    int unit = 0;
    for (int digit = 0; digit < HEX_DIGITS; digit++) {
      unit = unit * 16 + Character.digit(text[at + digit], 16);
    }
    return (char) unit;
  }
}
