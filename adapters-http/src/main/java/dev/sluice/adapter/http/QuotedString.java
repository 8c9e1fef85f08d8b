package dev.sluice.adapter.http;

import java.util.Optional;

/// Parses header values in double quotes, with backslashes before quotes and backslashes (RFC 9110,
/// 5.6.4; RFC 8941, 3.3.3).
public final class QuotedString {

  private QuotedString() {}

  /// Whether a value begins with a double quote.
  public static boolean isBegun(String value) {
    return value.startsWith("\"");
  }

  /// Returns the content of a quoted string.
  ///
  /// @return empty when the value as a whole is not a quoted string
  public static Optional<String> unquote(String value) {
    if (value.length() < 2 || !isBegun(value)) {
      return Optional.empty();
    }
    var text = new StringBuilder(value.length());
    int last = value.length() - 1;
    int index = 1;
    while (index < last && value.charAt(index) != '"') {
      if (value.charAt(index) == '\\') {
        index++;
      }
      text.append(value.charAt(index));
      index++;
    }
    boolean endsWithQuote = index == last && value.charAt(last) == '"';
    return endsWithQuote ? Optional.of(text.toString()) : Optional.empty();
  }
}
