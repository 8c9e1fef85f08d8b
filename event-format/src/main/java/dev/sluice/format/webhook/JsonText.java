package dev.sluice.format.webhook;

import java.util.HexFormat;

/// Writes texts as JSON strings. Unpaired surrogates are escaped, because UTF-8 has no form for
/// them, and so are the line separators that JavaScript did not allow in strings.
final class JsonText {

  private static final HexFormat HEX = HexFormat.of();

  private JsonText() {}

  static String quoted(String text) {
    return '"' + escaped(text) + '"';
  }

  /// Returns the content of the string, between its quotes.
  static String escaped(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (isPair(text, at)) {
        escaped.append(unit).append(text.charAt(++at));
      } else if (unit == '"' || unit == '\\') {
        escaped.append('\\').append(unit);
      } else if (unit == '\n') {
        escaped.append("\\n");
      } else if (unit < ' '
          || Character.isSurrogate(unit)
          || unit == '\u2028'
          || unit == '\u2029') {
        escaped.append("\\u").append(HEX.toHexDigits(unit));
      } else {
        escaped.append(unit);
      }
    }
    return escaped.toString();
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }
}
