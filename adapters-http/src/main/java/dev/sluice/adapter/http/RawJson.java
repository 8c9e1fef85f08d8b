package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Takes a JSON value over to the letter.
final class RawJson {

  private static final char REPLACEMENT = '\uFFFD';

  private RawJson() {}

  /// The text of the value that the parser stands at the beginning of; afterwards it stands at its
  /// end.
  ///
  /// @return nothing, after telling `draft`, when the text is not valid UTF-8
  static @Nullable String read(JsonParser parser, byte[] text, String pointer, DraftBuilder draft)
      throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    // Strings are read lazily; without this the place after one would be somewhere inside it.
    parser.finishToken();
    parser.skipChildren();
    int end = (int) parser.currentLocation().getByteOffset();
    return decode(text, start, end, pointer, draft);
  }

  /// This part of the text.
  static @Nullable String decode(
      byte[] text, int start, int end, String pointer, DraftBuilder draft) {
    String json = new String(text, start, end - start, StandardCharsets.UTF_8);
    // The constructor puts this character where bytes are no UTF-8; only then it is worth looking
    // closely.
    if (json.indexOf(REPLACEMENT) >= 0 && !isUtf8(text, start, end)) {
      draft.problem(pointer, "is not valid UTF-8");
      return null;
    }
    return json;
  }

  private static boolean isUtf8(byte[] text, int start, int end) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, start, end - start));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
