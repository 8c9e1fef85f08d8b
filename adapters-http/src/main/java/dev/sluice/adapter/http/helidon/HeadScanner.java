package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.ProblemCode;

/// Finds the end of a request's head as its bytes arrive, each looked at once.
///
/// Lines end with CR and LF, both and nothing else (RFC 9112, 2.2); up to two empty lines before
/// the request are skipped.
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

  /// A new head begins at this index.
  void begin(int index) {
    start = index;
    next = index;
    lineStart = index;
    firstLineEnd = -1;
    emptyLines = 0;
  }

  /// The bytes moved towards the beginning of the buffer.
  void moved(int distance) {
    start -= distance;
    next -= distance;
    lineStart -= distance;
    firstLineEnd -= firstLineEnd < 0 ? 0 : distance;
  }

  /// Where the request line begins.
  int start() {
    return start;
  }

  /// Where the request line ends; -1 while that has not arrived.
  int firstLineEnd() {
    return firstLineEnd;
  }

  /// Looks on up to `limit`.
  ///
  /// @return the index behind the head, or -1 when it has not arrived whole
  /// @throws MalformedHeadException when this cannot become a head
  int scan(byte[] bytes, int limit) {
    while (next < limit) {
      byte value = bytes[next];
      boolean isAfterCr = next > start && bytes[next - 1] == '\r';
      if ((value == '\n') != isAfterCr) {
        throw new MalformedHeadException("lines must end with CR and LF");
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

  /// A line ended.
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
        throw new MalformedHeadException("send a request, not empty lines");
      }
    } else {
      requireSize();
      firstLineEnd = next - Ascii.CRLF;
    }
    return false;
  }

  /// What begins with something else is another protocol, such as TLS.
  private void requireStart(byte[] bytes, int limit) {
    if (start < limit && bytes[start] != '\r' && !Ascii.isToken(bytes[start])) {
      throw new MalformedHeadException("this is not HTTP/1.1; is it TLS, on a port without?");
    }
  }

  private void requireSize() {
    if (firstLineEnd < 0 && next - start > MAX_REQUEST_LINE) {
      throw new MalformedHeadException(ProblemCode.URI_TOO_LONG, "the request line is too long");
    }
    if (firstLineEnd >= 0 && next - firstLineEnd > MAX_HEADERS) {
      throw new MalformedHeadException(
          ProblemCode.HEADERS_TOO_LARGE,
          "all headers together may have at most " + MAX_HEADERS + " bytes");
    }
  }
}
