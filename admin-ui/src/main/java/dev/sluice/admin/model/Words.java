package dev.sluice.admin.model;

import java.util.ArrayList;
import java.util.List;

/// Splits a query at white space outside quotes.
final class Words {

  private final String text;
  private int place;

  private Words(String text) {
    this.text = text;
  }

  /// A word of a query.
  ///
  /// @param field text before the colon; empty if there is none
  /// @param values the comma-separated values
  /// @param from position of the word in the query
  record Word(String field, List<String> values, int from) {}

  /// Returns the words of a query.
  static List<Word> of(String text) {
    return new Words(text).all();
  }

  private List<Word> all() {
    List<Word> words = new ArrayList<>();
    while (skipSpaces()) {
      words.add(word());
    }
    return words;
  }

  private boolean skipSpaces() {
    while (place < text.length() && Character.isWhitespace(text.charAt(place))) {
      place++;
    }
    return place < text.length();
  }

  private Word word() {
    int from = place;
    String field = "";
    List<String> values = new ArrayList<>();
    var value = new StringBuilder();
    boolean quoted = false;
    for (; place < text.length() && (quoted || !isSpace()); place++) {
      char sign = text.charAt(place);
      if (sign == '"') {
        quoted = !quoted;
      } else if (sign == '\\' && quoted && place + 1 < text.length()) {
        value.append(text.charAt(++place));
      } else if (sign == ':' && !quoted && field.isEmpty() && values.isEmpty()) {
        field = value.toString();
        value.setLength(0);
      } else if (sign == ',' && !quoted) {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(sign);
      }
    }
    values.add(value.toString());
    return new Word(field, values, from);
  }

  private boolean isSpace() {
    return Character.isWhitespace(text.charAt(place));
  }
}
