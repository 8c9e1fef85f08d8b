package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Takes a JSON value over to the letter.
final class RawJson {

  private RawJson() {}

  /// The text of the value that the parser stands at the beginning of; afterwards it stands at its
  /// end.
  ///
  /// @param text what the parser reads, known to be UTF-8
  static String read(JsonParser parser, byte[] text) throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    // Strings are read lazily; without this the place after one would be somewhere inside it.
    parser.finishToken();
    parser.skipChildren();
    int end = (int) parser.currentLocation().getByteOffset();
    return new String(text, start, end - start, StandardCharsets.UTF_8);
  }
}
