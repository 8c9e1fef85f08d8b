package dev.sluice.adapter.http.helidon;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Bytes that have arrived on a connection and were not passed on yet.
final class ReceivedBytes {

  private static final byte[] NONE = {};

  private final Supplier<byte @Nullable []> source;
  private byte[] bytes = NONE;
  private int position;
  private int limit;

  /// @param source waits for the next bytes; returns null at the end
  ReceivedBytes(Supplier<byte @Nullable []> source) {
    this.source = source;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  int available() {
    return limit - position;
  }

  /// Waits for more bytes.
  ///
  /// @return false at the end
  boolean fill() {
    byte[] next = source.get();
    if (next == null) {
      return false;
    }
    if (available() == 0) {
      bytes = next;
      position = 0;
      limit = next.length;
    } else {
      append(next);
    }
    return true;
  }

  private void append(byte[] next) {
    int kept = available();
    if (limit + next.length > bytes.length || position > 0) {
      byte[] larger = new byte[Math.max(2 * kept, kept + next.length)];
      System.arraycopy(bytes, position, larger, 0, kept);
      bytes = larger;
      position = 0;
      limit = kept;
    }
    System.arraycopy(next, 0, bytes, limit, next.length);
    limit += next.length;
  }

  /// Removes and returns the bytes up to `end`; without a copy when those are all.
  byte[] takeTo(int end) {
    byte[] taken =
        position == 0 && end == bytes.length ? bytes : Arrays.copyOfRange(bytes, position, end);
    skipTo(end);
    return taken;
  }

  void skipTo(int end) {
    position = end;
    if (position == limit) {
      bytes = NONE;
      position = 0;
      limit = 0;
    }
  }
}
