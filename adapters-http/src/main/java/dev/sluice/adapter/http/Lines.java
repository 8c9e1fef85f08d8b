package dev.sluice.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Cuts a stream of bytes into lines that are not blank, with a limit for each and for all.
final class Lines {

  private static final int BLOCK = 64 * 1024;

  private final InputStream in;
  private final int maxLine;
  private final long maxTotal;
  private byte[] buffer = new byte[BLOCK];
  private int start;
  private int end;
  private int lineEnd;
  private long total;
  private boolean isTooLong;

  Lines(InputStream in, int maxLine, long maxTotal) {
    this.in = in;
    this.maxLine = maxLine;
    this.maxTotal = maxTotal;
  }

  /// Moves to the next line that is not blank.
  ///
  /// @return false when there is none
  /// @throws ProblemException when the stream is longer than allowed
  boolean next() throws IOException {
    boolean found = nextLine();
    while (found && !isTooLong && isBlank()) {
      found = nextLine();
    }
    return found;
  }

  /// Lets the next bytes go unread.
  ///
  /// @return false when there are none
  boolean skip() throws IOException {
    start = 0;
    end = 0;
    lineEnd = 0;
    return fill();
  }

  /// The present line, without its end.
  byte[] bytes() {
    return Arrays.copyOfRange(buffer, start, lineEnd);
  }

  int length() {
    return lineEnd - start;
  }

  /// Whether the present line is longer than allowed; its bytes were let go.
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

  /// Reads more behind what there is of the present line.
  ///
  /// @return false when the stream has ended
  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, end, buffer.length - end);
    if (read <= 0) {
      return false;
    }
    end += read;
    total += read;
    if (total > maxTotal) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.PAYLOAD_TOO_LARGE,
              "a stream may have at most "
                  + maxTotal
                  + " bytes; what came before is stored: send the rest on its own"));
    }
    return true;
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
