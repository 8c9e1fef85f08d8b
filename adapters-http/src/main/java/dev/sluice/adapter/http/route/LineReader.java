package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Room;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Splits a stream of bytes into lines and skips blank ones, with a limit for each line and for the
/// total.
final class LineReader {

  /// Size of the buffer until a read fills it.
  private static final int FIRST_BUFFER = Room.FREE;

  private static final int USUAL_BUFFER = 64 * 1024;

  /// The memory that requests share, as a line reader uses it.
  interface Memory {

    /// Reserves memory for a buffer of this length, if that much is free.
    boolean tryHold(int bytes);

    /// Reports that bytes have arrived.
    void arrived();
  }

  private final InputStream in;
  private final int maxLine;
  private final long maxTotal;
  private final Memory memory;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int start;
  private int end;
  private int lineEnd;
  private long total;
  private boolean isTooLong;

  /// Whether the last read filled the buffer, so that a larger buffer would save reads.
  private boolean isBusy;

  /// @param maxLine most bytes of a line
  /// @param maxTotal most bytes of the whole stream
  LineReader(InputStream in, int maxLine, long maxTotal, Memory memory) {
    this.in = in;
    this.memory = memory;
    this.maxLine = maxLine;
    this.maxTotal = maxTotal;
  }

  /// Moves to the next non-blank line.
  ///
  /// @return false at the end of the stream
  /// @throws ProblemException when the stream is longer than allowed, or no memory is free for a
  ///   line of this length
  boolean next() throws IOException {
    boolean found = nextLine();
    while (found && !isTooLong && isBlank()) {
      found = nextLine();
    }
    return found;
  }

  /// Discards the next bytes.
  ///
  /// @return how many bytes were discarded; 0 at the end of the stream
  int skip() throws IOException {
    start = 0;
    end = 0;
    lineEnd = 0;
    return fill() ? end : 0;
  }

  /// Whether received bytes follow the current line.
  boolean hasBuffered() {
    return lineEnd + 1 < end;
  }

  /// Returns the current line, without its terminator.
  byte[] bytes() {
    return Arrays.copyOfRange(buffer, start, lineEnd);
  }

  int length() {
    return lineEnd - start;
  }

  /// Whether the current line is longer than allowed; then its bytes are discarded.
  boolean isTooLong() {
    return isTooLong;
  }

  private boolean nextLine() throws IOException {
    start = Math.min(end, lineEnd + 1);
    isTooLong = false;
    int at = start;
    while (true) {
      for (; at < end; at++) {
        if (buffer[at] == '\n') {
          lineEnd = at;
          isTooLong |= at - start > maxLine;
          return true;
        }
      }
      if (at - start > maxLine) {
        isTooLong = true;
        start = end;
      }
      int before = start;
      if (!fill()) {
        lineEnd = end;
        return end > start || isTooLong;
      }
      at -= before - start;
    }
  }

  /// Reads more bytes after the current line's beginning.
  ///
  /// @return false when the stream has ended
  private boolean fill() throws IOException {
    moveToFront();
    makeRoom();
    int read = in.read(buffer, end, buffer.length - end);
    if (read <= 0) {
      return false;
    }
    memory.arrived();
    isBusy = read == buffer.length - end;
    end += read;
    total += read;
    requireTotal();
    return true;
  }

  private void moveToFront() {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
  }

  private void makeRoom() {
    int larger = buffer.length * 2;
    if (end == buffer.length) {
      if (!memory.tryHold(larger)) {
        throw Room.overloaded();
      }
      buffer = Arrays.copyOf(buffer, larger);
    } else if (isBusy && buffer.length < USUAL_BUFFER && memory.tryHold(USUAL_BUFFER)) {
      buffer = Arrays.copyOf(buffer, USUAL_BUFFER);
    }
  }

  private void requireTotal() {
    if (total > maxTotal) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.PAYLOAD_TOO_LARGE,
              "Send the rest in another request: a stream may have at most "
                  + maxTotal
                  + " bytes. The lines before are stored."));
    }
  }

  private boolean isBlank() {
    for (int at = start; at < lineEnd; at++) {
      if (buffer[at] != ' ' && buffer[at] != '\t' && buffer[at] != '\r') {
        return false;
      }
    }
    return true;
  }
}
