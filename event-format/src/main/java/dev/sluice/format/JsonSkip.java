package dev.sluice.format;

/// Skips values of JSON texts that were validated before.
final class JsonSkip {

  private JsonSkip() {}

  /// Returns where a value ends. It is found without a stack, however deep the value is.
  ///
  /// @param start where it begins
  /// @throws MalformedJsonException when it has no end
  static int value(String json, int start) {
    int at = start;
    int depth = 0;
    do {
      char character = at < json.length() ? json.charAt(at) : 0;
      switch (character) {
        case '"' -> at = string(json, at);
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        case 0 -> throw new MalformedJsonException("the payload ends inside of a value");
        default -> at = depth > 0 ? at + 1 : plain(json, at);
      }
    } while (depth > 0);
    return at;
  }

  /// Returns where a number or a literal ends.
  private static int plain(String json, int start) {
    int at = start;
    while (at < json.length() && isPlain(json.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw new MalformedJsonException("the payload has no value at " + start);
    }
    return at;
  }

  private static boolean isPlain(char character) {
    return (character >= '0' && character <= '9')
        || (character >= 'a' && character <= 'z')
        || (character >= '+' && character <= '.' && character != ',')
        || character == 'E';
  }

  private static int string(String json, int start) {
    for (int at = start + 1; at < json.length(); at++) {
      char character = json.charAt(at);
      if (character == '"') {
        return at + 1;
      }
      if (character == '\\') {
        at++;
      }
    }
    throw new MalformedJsonException("the payload ends inside of a string");
  }

  /// Returns the text of a string.
  ///
  /// @param start the place of its first quote
  /// @param end the place after its last quote
  static String text(String json, int start, int end) {
    return json.indexOf('\\', start, end) < 0
        ? json.substring(start + 1, end - 1)
        : unescaped(json, start + 1, end - 1);
  }

  private static String unescaped(String json, int start, int end) {
    var text = new StringBuilder(end - start);
    for (int at = start; at < end; at++) {
      char unit = json.charAt(at);
      if (unit != '\\') {
        text.append(unit);
      } else if (json.charAt(++at) == 'u' && at + 4 < end) {
        text.append((char) Integer.parseInt(json, at + 1, at + 5, 16));
        at += 4;
      } else {
        text.append(simpleEscape(json.charAt(at)));
      }
    }
    return text.toString();
  }

  private static char simpleEscape(char kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> kind;
    };
  }
}
