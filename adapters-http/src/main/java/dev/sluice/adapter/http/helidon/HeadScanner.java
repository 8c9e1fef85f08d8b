package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.ProblemCode;

/// Finds the end of a request's head as its bytes arrive; reads each byte once.
///
/// Lines must end with CR LF (RFC 9112, 2.2); up to two empty lines before the request are skipped.
final class HeadScanner {

  /// Most bytes of the request line.
  static final int MAX_REQUEST_LINE = 16 * 1024;

  /// Most bytes of all header lines.
  static final int MAX_HEADERS = 32 * 1024;

  private static final int MAX_EMPTY_LINES = 2;

  private int start;
  private int next;
  private int lineStart;
  private int firstLineEnd;
  private int emptyLines;

  /// Starts a new head at this index.
  void begin(int index) {
    start = index;
    next = index;
    lineStart = index;
    firstLineEnd = -1;
    emptyLines = 0;
  }

  /// Adjusts the positions after the bytes moved towards the beginning of the buffer.
  void moved(int distance) {
    start -= distance;
    next -= distance;
    lineStart -= distance;
    firstLineEnd -= firstLineEnd < 0 ? 0 : distance;
  }

  /// Returns the start of the request line.
  int start() {
    return start;
  }

  /// Returns the end of the request line; -1 until it has arrived.
  int firstLineEnd() {
    return firstLineEnd;
  }

  /// Continues the scan up to `limit`.
  ///
  /// @return the index after the head, or -1 when it has not arrived completely
  /// @throws MalformedHeadException when this cannot become a valid head
  int scan(byte[] bytes, int limit) {
    while (next < limit) {
      byte value = bytes[next];
      boolean isAfterCr = next > start && bytes[next - 1] == '\r';
      if ((value == '\n') != isAfterCr) {
        throw new MalformedHeadException("End each line of the head with CR and LF.");
      }
      next++;
      if (value == '\n' && isLastLine()) {
        return next;
      }
    }
    requireStart(bytes, limit);
    requireSize();
    return -1;
  }

  /// Processes the end of a line; returns whether it ends the head.
  private boolean isLastLine() {
    boolean isEmpty = next - lineStart == Ascii.CRLF;
    lineStart = next;
    if (firstLineEnd >= 0) {
      requireSize();
      return isEmpty;
    }
    if (isEmpty) {
      start = next;
      if (++emptyLines > MAX_EMPTY_LINES) {
        throw new MalformedHeadException("Send a request, not empty lines.");
      }
    } else {
      requireSize();
      firstLineEnd = next - Ascii.CRLF;
    }
    return false;
  }

  /// Rejects a start that belongs to another protocol, such as TLS.
  private void requireStart(byte[] bytes, int limit) {
    if (start < limit && bytes[start] != '\r' && !Ascii.isToken(bytes[start])) {
      throw new MalformedHeadException("Send HTTP/1.1 without TLS: this port is not encrypted.");
    }
  }

  private void requireSize() {
    if (firstLineEnd < 0 && next - start > MAX_REQUEST_LINE) {
      throw new MalformedHeadException(
          ProblemCode.URI_TOO_LONG,
          "Shorten the request line to at most " + MAX_REQUEST_LINE + " bytes.");
    }
    if (firstLineEnd >= 0 && next - firstLineEnd > MAX_HEADERS) {
      throw new MalformedHeadException(
          ProblemCode.HEADERS_TOO_LARGE,
          "Shorten the headers to at most " + MAX_HEADERS + " bytes in total.");
    }
  }
}
