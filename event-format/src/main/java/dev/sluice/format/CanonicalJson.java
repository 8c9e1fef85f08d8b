package dev.sluice.format;

import java.util.Arrays;

/// Reads a JSON text and writes the canonical form of its value: members sorted by name, numbers by
/// value, strings without escapes.
///
/// One pass, with memory proportional to the text. It expects valid JSON, as every payload is; for
/// other text it throws [IllegalArgumentException] or writes an arbitrary form.
final class CanonicalJson {

  private static final int TRUE = 't';
  private static final int FALSE = 'f';
  private static final int NULL = 'n';
  private static final int LIST = '[';
  private static final int OBJECT = '{';
  private static final int FEW = 8;

  private final String json;
  private final CanonicalBytes target;
  private int position;

  CanonicalJson(String json, CanonicalBytes target) {
    this.json = json;
    this.target = target;
  }

  /// Writes the one value that the text contains.
  void write() {
    value();
    if (next() != 0) {
      throw invalid();
    }
  }

  /// Depth is bounded where payloads are accepted.
  private void value() {
    char first = next();
    switch (first) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      case 't' -> word("true", TRUE);
      case 'f' -> word("false", FALSE);
      case 'n' -> word("null", NULL);
      default -> number();
    }
  }

  private void object() {
    position++;
    target.tag(OBJECT);
    int[] starts = new int[FEW];
    int count = 0;
    while (next() != '}') {
      if (count > 0) {
        expect(',');
        next();
      }
      starts = count == starts.length ? Arrays.copyOf(starts, 2 * count) : starts;
      starts[count++] = target.length();
      string();
      expect(':');
      nested();
    }
    position++;
    target.sort(starts, count);
    target.tag(CanonicalBytes.END);
  }

  private void list() {
    position++;
    target.tag(LIST);
    boolean isFirst = true;
    while (next() != ']') {
      if (!isFirst) {
        expect(',');
      }
      isFirst = false;
      nested();
    }
    position++;
    target.tag(CanonicalBytes.END);
  }

  private void nested() {
    int start = target.length();
    value();
    target.shorten(start);
  }

  private void string() {
    expect('"');
    target.beginText();
    while (position < json.length()) {
      char unit = json.charAt(position++);
      if (unit == '"') {
        target.tag(CanonicalBytes.END);
        return;
      }
      target.unit(unit == '\\' ? escaped() : unit);
    }
    throw invalid();
  }

  private char escaped() {
    if (position == json.length()) {
      throw invalid();
    }
    char kind = json.charAt(position++);
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> kind;
    };
  }

  private char hexadecimal() {
    if (json.length() - position < 4) {
      throw invalid();
    }
    position += 4;
    return (char) Integer.parseInt(json, position - 4, position, 16);
  }

  private void word(String word, int tag) {
    if (!json.startsWith(word, position)) {
      throw invalid();
    }
    position += word.length();
    target.tag(tag);
  }

  private void number() {
    int start = position;
    while (position < json.length() && isOfNumber(json.charAt(position))) {
      position++;
    }
    if (position == start) {
      throw invalid();
    }
    new CanonicalNumber(json, start, position).write(target);
  }

  private static boolean isOfNumber(char character) {
    return (character >= '0' && character <= '9')
        || character == '-'
        || character == '+'
        || character == '.'
        || character == 'e'
        || character == 'E';
  }

  private void expect(char character) {
    if (next() != character) {
      throw invalid();
    }
    position++;
  }

  /// Returns the next character that is not white space, without consuming it; 0 at the end.
  private char next() {
    while (position < json.length()) {
      char character = json.charAt(position);
      if (character > ' ') {
        return character;
      }
      position++;
    }
    return 0;
  }

  private IllegalArgumentException invalid() {
    return new IllegalArgumentException("the payload is not valid JSON at position " + position);
  }
}
