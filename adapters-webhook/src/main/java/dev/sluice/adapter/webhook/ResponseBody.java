package dev.sluice.adapter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The beginning of a response's body.
final class ResponseBody {

  /// Maximum number of bytes that are kept.
  static final int KEPT = 16 * 1024;

  /// Bodies up to this length are read whole, so that the connection can be used again. The
  /// connection of a longer body is closed.
  static final int READ = 64 * 1024;

  static final ResponseBody EMPTY = new ResponseBody(new byte[0], 0, true);

  private final byte[] head;
  private final long length;
  private final boolean isWhole;

  private ResponseBody(byte[] head, long length, boolean isWhole) {
    this.head = head;
    this.length = length;
    this.isWhole = isWhole;
  }

  static ResponseBody read(InputStream content) throws IOException {
    byte[] head = content.readNBytes(KEPT);
    long length = head.length;
    if (length < KEPT) {
      return new ResponseBody(head, length, true);
    }
    byte[] rest = new byte[4 * 1024];
    while (length <= READ) {
      int read = content.read(rest);
      if (read < 0) {
        return new ResponseBody(head, length, true);
      }
      length += read;
    }
    return new ResponseBody(head, length, false);
  }

  /// Returns at most [#KEPT] bytes.
  byte[] head() {
    return Arrays.copyOf(head, head.length);
  }

  /// Returns the head as UTF-8, with U+FFFD for malformed bytes.
  String text() {
    return new String(head, UTF_8);
  }

  /// Returns whether the whole body was read, though perhaps not kept.
  boolean isWhole() {
    return isWhole;
  }

  /// Returns whether bytes are missing in [#head].
  boolean isCut() {
    return !isWhole || length > head.length;
  }
}
