package dev.sluice.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Strict JSON (RFC 8259) for operators' requests and for responses: no duplicate names, no
/// trailing text, bounded nesting and numbers, UTF-8 only. [JsonCursor] reads events.
public final class Json {

  /// Deeper nesting is rejected.
  static final int MAX_NESTING = 64;

  /// Longer numbers are rejected.
  static final int MAX_NUMBER_LENGTH = 500;

  private static final int MAX_NAME_LENGTH = 1_000;

  private static final JsonFactory DOCUMENTS =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // Interned names would never be freed, and clients choose them.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  /// Opens a document; its text must be UTF-8 without a byte order mark.
  ///
  /// @throws MalformedJsonException when it is empty or in another encoding
  public static JsonParser document(byte[] text) throws IOException {
    requireUtf8(text);
    return DOCUMENTS.createParser(text);
  }

  /// Checks that the document ends.
  ///
  /// @throws MalformedJsonException when more text follows the value
  public static void requireEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new MalformedJsonException(
          "text after the end of the JSON value at line "
              + parser.currentTokenLocation().getLineNr()
              + ", column "
              + parser.currentTokenLocation().getColumnNr());
    }
  }

  /// @throws MalformedJsonException when a text is empty, not UTF-8, or begins with a byte order
  ///   mark
  static void requireUtf8(byte[] text) {
    if (text.length == 0) {
      throw new MalformedJsonException("the body is empty");
    }
    if (!isUtf8(text)) {
      throw new MalformedJsonException("the body must be UTF-8 without a byte order mark");
    }
  }

  /// By default, the parser would guess other encodings, which makes byte offsets wrong, and accept
  /// over-long forms of characters, so that two ids that look the same would differ.
  private static boolean isUtf8(byte[] text) {
    // JSON begins with an ASCII character, so a zero in the first two bytes means another encoding.
    boolean hasZero = text[0] == 0 || (text.length > 1 && text[1] == 0);
    boolean hasMark = (text[0] & 0xFF) >= 0xEF;
    return !hasZero && !hasMark && (isAscii(text) || isValid(text));
  }

  private static boolean isAscii(byte[] text) {
    for (byte one : text) {
      if (one < 0) {
        return false;
      }
    }
    return true;
  }

  /// The JDK's decoder rejects over-long forms and surrogates (RFC 3629, 3).
  static boolean isValid(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /// Writes a document.
  public static byte[] write(Content content) {
    try (var buffer = new ByteArrayBuilder(512)) {
      try (JsonGenerator generator = DOCUMENTS.createGenerator(buffer)) {
        content.writeTo(generator);
      }
      return buffer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
  }

  /// Opens a document that is written in pieces. Closing it leaves the target open.
  public static JsonGenerator generator(OutputStream target) throws IOException {
    return DOCUMENTS
        .createGenerator(target)
        .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /// The content of a document.
  public interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
