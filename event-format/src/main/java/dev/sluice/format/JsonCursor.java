package dev.sluice.format;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads strict JSON (RFC 8259) from bytes, value by value, for callers that keep some values
/// unchanged.
///
/// Skipped and raw values are validated, but not decoded: their names may be of any length, occur
/// twice in one object, and contain unpaired surrogates. The caller that reads an object decides
/// which names are allowed. Used by one thread.
public final class JsonCursor {

  /// The kinds of values.
  public enum Kind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    NULL
  }

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /// Represents the end of the text.
  private static final int END = -1;

  private final byte[] text;
  private final int maxNesting;
  private int at;
  private int depth;

  /// Whether an object or array has just begun, so that no comma is expected.
  private boolean isBegun;

  private JsonCursor(byte[] text, int maxNesting) {
    this.text = text;
    this.maxNesting = maxNesting;
  }

  /// Opens one document; its text must be UTF-8 without a byte order mark.
  ///
  /// @throws MalformedJsonException when it is empty, blank or in another encoding
  public static JsonCursor document(byte[] text) {
    return open(text, Json.MAX_NESTING);
  }

  /// Opens a list of documents; each may be nested as deeply as a single document.
  ///
  /// @throws MalformedJsonException when it is empty, blank or in another encoding
  public static JsonCursor list(byte[] text) {
    return open(text, Json.MAX_NESTING + 1);
  }

  private static JsonCursor open(byte[] text, int maxNesting) {
    Json.requireUtf8(text);
    var cursor = new JsonCursor(text, maxNesting);
    if (cursor.next() == END) {
      throw new MalformedJsonException("the body contains only white space");
    }
    return cursor;
  }

  /// Returns the kind of the next value.
  ///
  /// @throws MalformedJsonException when no value follows
  public Kind kind() {
    int next = next();
    return switch (next) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.STRING;
      case 't' -> Kind.TRUE;
      case 'f' -> Kind.FALSE;
      case 'n' -> Kind.NULL;
      default -> {
        if (next == '-' || isDigit(next)) {
          yield Kind.NUMBER;
        }
        throw unexpected("a value");
      }
    };
  }

  /// Returns where the next value begins, or where the last one ended.
  public int position() {
    return at;
  }

  /// Enters the next value, an object.
  public void beginObject() {
    begin('{', "an object");
  }

  /// Enters the next value, an array.
  public void beginArray() {
    begin('[', "an array");
  }

  private void begin(char opening, String what) {
    if (next() != opening) {
      throw unexpected(what);
    }
    at++;
    depth++;
    if (depth > maxNesting) {
      throw malformed("nested deeper than " + Json.MAX_NESTING + " levels");
    }
    isBegun = true;
  }

  /// Moves to the value of the next member of the object.
  ///
  /// @return its name; null at the end of the object
  public @Nullable String nextName() {
    if (!hasNext('}')) {
      return null;
    }
    String name = string();
    colon();
    return name;
  }

  /// Moves to the next element of the array.
  ///
  /// @return whether there is one
  public boolean nextElement() {
    return hasNext(']');
  }

  private boolean hasNext(char closing) {
    int next = next();
    if (next == closing) {
      at++;
      depth--;
      isBegun = false;
      return false;
    }
    if (!isBegun) {
      if (next != ',') {
        throw unexpected("a comma or " + closing);
      }
      at++;
      next();
    }
    isBegun = false;
    return true;
  }

  private void colon() {
    if (next() != ':') {
      throw unexpected("a colon");
    }
    at++;
  }

  /// Reads the next value, a string.
  public String string() {
    int start = stringStart();
    int plainEnd = JsonStrings.plainEnd(text, start);
    if (plainEnd >= 0) {
      at = plainEnd + 1;
      return new String(text, start, plainEnd - start, StandardCharsets.UTF_8);
    }
    return JsonStrings.decode(text, start, endOfString(start));
  }

  /// Returns the unchanged text of the next value.
  public String raw() {
    next();
    int start = at;
    skip();
    return new String(text, start, at - start, StandardCharsets.UTF_8);
  }

  /// Skips the next value.
  public void skip() {
    switch (next()) {
      case '{' -> skipObject();
      case '[' -> skipArray();
      case '"' -> endOfString(at + 1);
      case 't' -> literal(TRUE);
      case 'f' -> literal(FALSE);
      case 'n' -> literal(NULL);
      default -> number();
    }
  }

  private void skipObject() {
    beginObject();
    while (hasNext('}')) {
      endOfString(stringStart());
      colon();
      skip();
    }
  }

  private void skipArray() {
    beginArray();
    while (hasNext(']')) {
      skip();
    }
  }

  /// Checks that only white space follows; throws [MalformedJsonException] otherwise.
  public void requireEnd() {
    if (next() != END) {
      throw malformed("text after the end of the JSON value");
    }
  }

  private void literal(byte[] word) {
    for (int index = 0; index < word.length; index++) {
      if (at + index >= text.length || text[at + index] != word[index]) {
        throw unexpected("a value");
      }
    }
    at += word.length;
  }

  private int stringStart() {
    if (next() != '"') {
      throw unexpected("a string");
    }
    return at + 1;
  }

  private int endOfString(int start) {
    int end = JsonStrings.end(text, start);
    if (end < 0) {
      at = -end - 1;
      throw malformed(
          at == text.length
              ? "a string has no closing quote"
              : "a string has an invalid escape or character");
    }
    at = end + 1;
    return end;
  }

  private void number() {
    int first = peek();
    if (first != '-' && !isDigit(first)) {
      throw unexpected("a value");
    }
    if (first == '-') {
      at++;
    }
    int digits = peek() == '0' ? zero() : digits();
    digits += fraction();
    digits += exponent();
    if (digits > Json.MAX_NUMBER_LENGTH) {
      throw malformed("a number longer than " + Json.MAX_NUMBER_LENGTH + " digits");
    }
  }

  /// Reads a leading zero, after which no digit may follow.
  private int zero() {
    at++;
    return 1;
  }

  /// @return how many digits it has; 0 when there is none
  private int fraction() {
    if (peek() != '.') {
      return 0;
    }
    at++;
    return digits();
  }

  /// @return how many digits it has; 0 when there is none
  private int exponent() {
    if (peek() != 'e' && peek() != 'E') {
      return 0;
    }
    at++;
    if (peek() == '+' || peek() == '-') {
      at++;
    }
    return digits();
  }

  private int digits() {
    int end = at;
    while (end < text.length && isDigit(text[end])) {
      end++;
    }
    int digits = end - at;
    at = end;
    if (digits == 0) {
      throw unexpected("a digit");
    }
    return digits;
  }

  /// Skips white space.
  ///
  /// @return the next character
  private int next() {
    int index = at;
    while (index < text.length && isSpace(text[index])) {
      index++;
    }
    at = index;
    return peek();
  }

  private int peek() {
    return at < text.length ? text[at] & 0xFF : END;
  }

  private static boolean isSpace(byte character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private MalformedJsonException unexpected(String expected) {
    return malformed("expected " + expected + " but found " + found());
  }

  private String found() {
    int next = peek();
    if (next == END) {
      return "the end of the text";
    }
    return next > ' ' && next <= '~' ? "'" + (char) next + "'" : "an invalid character";
  }

  /// Returns an exception with the position and at most one character of the text.
  private MalformedJsonException malformed(String detail) {
    int line = 1;
    int lineStart = 0;
    for (int index = 0; index < at; index++) {
      if (text[index] == '\n') {
        line++;
        lineStart = index + 1;
      }
    }
    return new MalformedJsonException(
        detail + " at line " + line + ", column " + (at - lineStart + 1));
  }
}
