package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Room;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Cuts a stream of bytes into lines that are not blank, with a limit for each and for all.
final class LineReader {

  /// Until there is more than this to read at once, a stream holds no more.
  private static final int FIRST_BUFFER = Room.FREE;

  private static final int USUAL_BUFFER = 64 * 1024;

  /// What lines take of the memory that requests share.
  interface Memory {

    /// Takes room for a buffer of this length, if there is as much.
    boolean tryHold(int bytes);

    /// Something has arrived.
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

  /// Whether the last read filled the buffer, so that a larger one saves reads.
  private boolean isBusy;

  /// @param maxLine most bytes of a line
  /// @param maxTotal most bytes of all
  LineReader(InputStream in, int maxLine, long maxTotal, Memory memory) {
    this.in = in;
    this.memory = memory;
    this.maxLine = maxLine;
    this.maxTotal = maxTotal;
  }

  /// Moves to the next line that is not blank.
  ///
  /// @return false when there is none
  /// @throws ProblemException when the stream is longer than allowed, or there is no room for a
  ///   line of this length now
  boolean next() throws IOException {
    boolean found = nextLine();
    while (found && !isTooLong && isBlank()) {
      found = nextLine();
    }
    return found;
  }

  /// Lets the next bytes go unread.
  ///
  /// @return how many; 0 when there are none
  int skip() throws IOException {
    start = 0;
    end = 0;
    lineEnd = 0;
    return fill() ? end : 0;
  }

  /// Whether something that has arrived follows the present line.
  boolean hasBuffered() {
    return lineEnd + 1 < end;
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
    makeRoom();
    int read = in.read(buffer, end, buffer.length - end);
    if (read <= 0) {
      return false;
    }
    memory.arrived();
    isBusy = read == buffer.length - end;
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

  private boolean isBlank() {
    for (int at = start; at < lineEnd; at++) {
      if (buffer[at] != ' ' && buffer[at] != '\t' && buffer[at] != '\r') {
        return false;
      }
    }
    return true;
  }
}
