package dev.sluice.adapter.http.helidon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// Character classes of RFC 9110 and 9112, and of request targets (RFC 3986).
final class Ascii {

  /// The length of a line terminator.
  static final int CRLF = 2;

  private static final byte TOKEN = 1;
  private static final byte TARGET = 2;
  private static final int MAX_DIGITS = 19;
  private static final String LARGEST = Long.toString(Long.MAX_VALUE);
  private static final int DELETE = 0x7F;
  private static final byte[] KINDS = kinds();

  private Ascii() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[128];
    for (char character = '0'; character <= 'z'; character++) {
      if (Character.isLetterOrDigit(character)) {
        kinds[character] = TOKEN | TARGET;
      }
    }
    for (byte character : "!#$%&'*+-.^_`|~".getBytes(ISO_8859_1)) {
      kinds[character] |= TOKEN;
    }
    for (byte character : "-._~!$&'()*+,;=:@/?%".getBytes(ISO_8859_1)) {
      kinds[character] |= TARGET;
    }
    return kinds;
  }

  /// Whether the byte may occur in a method or a field name.
  static boolean isToken(byte value) {
    return value >= 0 && (KINDS[value] & TOKEN) != 0;
  }

  /// Whether the byte may occur unencoded in a request target.
  static boolean isTarget(byte value) {
    return value >= 0 && (KINDS[value] & TARGET) != 0;
  }

  /// Whether the byte may occur in a field value.
  static boolean isFieldContent(byte value) {
    return (value >= ' ' && value != DELETE) || value == '\t' || value < 0;
  }

  /// Whether the text is one or more digits that fit into a long.
  static boolean isNumber(String text) {
    boolean isNumber =
        !text.isEmpty()
            && (text.length() < MAX_DIGITS
                || (text.length() == MAX_DIGITS && text.compareTo(LARGEST) <= 0));
    for (int index = 0; index < text.length() && isNumber; index++) {
      isNumber = text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }
    return isNumber;
  }

  /// Returns the value of a hexadecimal digit; -1 for any other character.
  static int hexDigit(byte value) {
    return Character.digit((char) (value & 0xFF), 16);
  }

  /// Returns the end of the line that begins at `start`.
  static int lineEnd(byte[] bytes, int start) {
    int end = start;
    while (bytes[end] != '\r') {
      end++;
    }
    return end;
  }

  static boolean equalsIgnoreCase(byte[] lowerCase, byte[] bytes, int start, int end) {
    boolean isEqual = lowerCase.length == end - start;
    for (int index = 0; index < lowerCase.length && isEqual; index++) {
      byte value = bytes[start + index];
      isEqual = lowerCase[index] == (value >= 'A' && value <= 'Z' ? value + ('a' - 'A') : value);
    }
    return isEqual;
  }
}
