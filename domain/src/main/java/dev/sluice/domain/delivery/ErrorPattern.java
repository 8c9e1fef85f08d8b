package dev.sluice.domain.delivery;

/// The common part of similar error messages: placeholders replace numbers, ids, addresses and
/// quoted texts, so that `order 4711 not found` and `order 4712 not found` have the same pattern.
///
/// A message is read word by word, in one pass, whose cost does not depend on its content.
final class ErrorPattern {

  private static final String TEXT = "<text>";
  private static final String ADDRESS = "<address>";
  private static final String ID = "<id>";
  private static final String NUMBER = "<n>";

  /// Minimum length of a hexadecimal word that counts as an id.
  private static final int SHORTEST_ID = 8;

  private static final String SEPARATORS = " \t\r\n,;()[]{}<>=|";
  private static final String TRAILING = ".:!?";

  private final String message;
  private final StringBuilder pattern = new StringBuilder();

  private ErrorPattern(String message) {
    this.message = message;
  }

  static String of(String message) {
    return new ErrorPattern(message).read();
  }

  private String read() {
    int at = 0;
    while (at < message.length()) {
      char next = message.charAt(at);
      int closing = closingQuote(at);
      if (closing > 0) {
        pattern.append(TEXT);
        at = closing + 1;
      } else if (isSeparator(next)) {
        pattern.append(Character.isWhitespace(next) ? ' ' : next);
        at++;
      } else {
        at = word(at);
      }
    }
    return pattern.toString();
  }

  /// Returns where the quotation that begins here ends, or -1. An apostrophe within a word does not
  /// begin one.
  private int closingQuote(int at) {
    char opening = message.charAt(at);
    boolean isQuote = opening == '"' || opening == '\'' || opening == '`';
    boolean isWithinWord = at > 0 && Character.isLetterOrDigit(message.charAt(at - 1));
    return isQuote && !isWithinWord ? message.indexOf(opening, at + 1) : -1;
  }

  /// Appends the word that begins here, or its placeholder.
  ///
  /// @return where the word ends
  private int word(int at) {
    int end = endOfWord(at);
    int wordEnd = end;
    while (wordEnd > at + 1 && TRAILING.indexOf(message.charAt(wordEnd - 1)) >= 0) {
      wordEnd--;
    }
    pattern.append(placeholder(message.substring(at, wordEnd))).append(message, wordEnd, end);
    return end;
  }

  /// A URL extends to the next white space or bracket.
  private int endOfWord(int at) {
    boolean isUrl = false;
    for (int end = at + 1; end < message.length(); end++) {
      char character = message.charAt(end);
      isUrl |= message.startsWith("://", end);
      boolean mayBeInUrl = character == '=' || character == ',' || character == ';';
      if (isSeparator(character) && !(isUrl && mayBeInUrl)) {
        return end;
      }
    }
    return message.length();
  }

  private static String placeholder(String word) {
    if (isAddress(word)) {
      return ADDRESS;
    }
    if (word.chars().noneMatch(ErrorPattern::isDigit)) {
      return word;
    }
    if (isMadeOf(word, "0123456789.,:+-/%TZ")) {
      return NUMBER;
    }
    String hex = word.startsWith("0x") ? word.substring(2) : word;
    return hex.length() >= SHORTEST_ID && isMadeOf(hex, "0123456789abcdefABCDEF-")
        ? ID
        : withoutNumbers(word);
  }

  /// A URL, an email address, a path, an IP address or a host with a port.
  private static boolean isAddress(String word) {
    return word.contains("://")
        || word.indexOf('@') > 0
        || (word.startsWith("/") && word.length() > 1)
        || isIpAddress(word)
        || isHostWithPort(word);
  }

  private static boolean isIpAddress(String word) {
    long dots = word.chars().filter(character -> character == '.').count();
    long colons = word.chars().filter(character -> character == ':').count();
    return (dots == 3 && isMadeOf(word, "0123456789.:/"))
        || (colons >= 3 && isMadeOf(word, "0123456789abcdefABCDEF:.%"));
  }

  private static boolean isHostWithPort(String word) {
    int colon = word.lastIndexOf(':');
    return colon > 0
        && colon < word.length() - 1
        && isMadeOf(word.substring(colon + 1), "0123456789")
        && Character.isLetter(word.charAt(0));
  }

  private static String withoutNumbers(String word) {
    var rest = new StringBuilder();
    for (int index = 0; index < word.length(); index++) {
      boolean isInNumber = isDigit(word.charAt(index));
      if (isInNumber && (index == 0 || !isDigit(word.charAt(index - 1)))) {
        rest.append(NUMBER);
      } else if (!isInNumber) {
        rest.append(word.charAt(index));
      }
    }
    return rest.toString();
  }

  private static boolean isMadeOf(String word, String characters) {
    return word.chars().allMatch(character -> characters.indexOf(character) >= 0);
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isSeparator(char character) {
    return SEPARATORS.indexOf(character) >= 0;
  }
}
