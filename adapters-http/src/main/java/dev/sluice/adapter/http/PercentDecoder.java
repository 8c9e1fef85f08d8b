package dev.sluice.adapter.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Decodes percent-encoded text (RFC 3986, 2.1) strictly: paths, queries and the headers of
/// CloudEvents.
///
/// A lenient decoder substitutes one replacement character for whatever is not UTF-8, so that
/// different ids look the same: an event would be taken for a duplicate of another, or a replay
/// would act on the wrong one.
public final class PercentDecoder {

  /// The message for a text that cannot be decoded.
  public static final String RULE = "must be percent-encoded UTF-8 (write % as %25)";

  private static final char LAST_ASCII = '~';

  private PercentDecoder() {}

  /// Decodes a path segment or a header value, where a plus sign stands for itself.
  ///
  /// @return empty when the text is not ASCII, has a `%` without two hexadecimal digits, or encodes
  ///   bytes that are not UTF-8
  public static Optional<String> decode(String text) {
    return decode(text, '+');
  }

  /// Decodes a query name or value, where a plus sign stands for a space.
  ///
  /// @return empty in the same cases as [#decode]
  static Optional<String> decodeQuery(String text) {
    return decode(text, ' ');
  }

  private static Optional<String> decode(String text, char plus) {
    boolean isPlain = true;
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character > LAST_ASCII) {
        return Optional.empty();
      }
      isPlain &= character != '%' && character != '+';
    }
    return isPlain ? Optional.of(text) : decodeBytes(text, plus);
  }

  private static Optional<String> decodeBytes(String text, char plus) {
    var bytes = new ByteArrayOutputStream(text.length());
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '%') {
        int value = hexByte(text, index + 1);
        if (value < 0) {
          return Optional.empty();
        }
        bytes.write(value);
        index += 2;
      } else {
        bytes.write(character == '+' ? plus : character);
      }
    }
    return utf8(bytes.toByteArray());
  }

  /// @return -1 when there are no two hexadecimal digits
  private static int hexByte(String text, int start) {
    if (start + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(start), 16);
    int low = Character.digit(text.charAt(start + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      // A new decoder reports malformed input, overlong forms and surrogates included.
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
