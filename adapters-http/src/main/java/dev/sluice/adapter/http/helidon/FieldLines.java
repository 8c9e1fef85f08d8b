package dev.sluice.adapter.http.helidon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The header fields that decide how a request is read: length, connection and host.
///
/// Each line is checked strictly (RFC 9112, 5): a name that is a token, immediately followed by a
/// colon, and a value without control characters. Continuation lines are not allowed.
final class FieldLines {

  /// Names of fields that are replaced when the head is rewritten.
  private static final byte[] HOST = name("host");

  private static final byte[] CONNECTION = name("connection");
  private static final byte[] CONTENT_LENGTH = name("content-length");
  private static final byte[] CONTENT_ENCODING = name("content-encoding");
  private static final byte[] TRANSFER_ENCODING = name("transfer-encoding");
  private static final byte[] EXPECT = name("expect");
  private static final byte[] REQUEST_ID = name("x-request-id");

  private final List<String> connections = new ArrayList<>(1);
  private final List<String> lengths = new ArrayList<>(1);
  private final List<String> codings = new ArrayList<>(1);
  private int hosts;
  private boolean isIdentity;
  private boolean isContinueExpected;
  private String requestId = "";
  private byte[] bytes = {};

  private static byte[] name(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /// Reads the lines from `start` to the empty line before `end`.
  ///
  /// @throws MalformedHeadException for a malformed line
  void read(byte[] head, int start, int end) {
    clear();
    bytes = head;
    for (int line = start; line < end - Ascii.CRLF; ) {
      int next = Ascii.lineEnd(head, line) + Ascii.CRLF;
      readLine(line, next - Ascii.CRLF);
      line = next;
    }
  }

  /// Clears the fields of the previous request.
  void clear() {
    connections.clear();
    lengths.clear();
    codings.clear();
    hosts = 0;
    isIdentity = false;
    isContinueExpected = false;
    requestId = "";
  }

  private void readLine(int start, int end) {
    int colon = start;
    while (colon < end && Ascii.isToken(bytes[colon])) {
      colon++;
    }
    if (colon == start || colon == end || bytes[colon] != ':') {
      throw new MalformedHeadException(
          "Send each header as a name, a colon right after it, and a value on the same line.");
    }
    for (int index = colon + 1; index < end; index++) {
      if (!Ascii.isFieldContent(bytes[index])) {
        throw new MalformedHeadException("Remove the control characters from the headers.");
      }
    }
    keep(start, colon, end);
  }

  /// Stores the fields that matter; all others stay as they are.
  private void keep(int start, int colon, int end) {
    switch (colon - start) {
      case 4 -> hosts += isNamed(HOST, start, colon) ? 1 : 0;
      case 6 -> isContinueExpected |= has(EXPECT, "100-continue", start, colon, end);
      case 10 -> keep(CONNECTION, connections, start, colon, end);
      case 12 -> requestId = isNamed(REQUEST_ID, start, colon) ? value(colon, end) : requestId;
      case 14 -> keep(CONTENT_LENGTH, lengths, start, colon, end);
      case 16 -> isIdentity |= has(CONTENT_ENCODING, "identity", start, colon, end);
      case 17 -> keep(TRANSFER_ENCODING, codings, start, colon, end);
      default -> {
        // The routes read the others.
      }
    }
  }

  private boolean has(byte[] name, String value, int start, int colon, int end) {
    return isNamed(name, start, colon) && value(colon, end).equalsIgnoreCase(value);
  }

  private void keep(byte[] name, List<String> values, int start, int colon, int end) {
    if (isNamed(name, start, colon)) {
      values.add(value(colon, end));
    }
  }

  private boolean isNamed(byte[] name, int start, int colon) {
    return Ascii.equalsIgnoreCase(name, bytes, start, colon);
  }

  private String value(int colon, int end) {
    return new String(bytes, colon + 1, end - colon - 1, ISO_8859_1).strip();
  }

  /// Returns the number of `Host` fields.
  int hosts() {
    return hosts;
  }

  /// Returns the request id that the client sent; may be empty.
  String requestId() {
    return requestId;
  }

  boolean isContinueExpected() {
    return isContinueExpected;
  }

  /// Whether the client wants the connection to close: the option `close`, in any case, among
  /// others, in any of several fields (RFC 9110, 7.6.1).
  boolean isCloseAsked() {
    return !connections.isEmpty()
        && connections.stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
  }

  /// Returns the Content-Length; -1 without one.
  ///
  /// @throws MalformedHeadException when it is ambiguous (RFC 9112, 6.3; RFC 9110, 8.6)
  long contentLength() {
    if (lengths.isEmpty()) {
      return -1;
    }
    if (lengths.size() > 1 || !codings.isEmpty() || !Ascii.isNumber(lengths.getFirst())) {
      throw MalformedHeadException.unclearLength();
    }
    return Long.parseLong(lengths.getFirst());
  }

  /// Whether the body is chunked.
  ///
  /// @throws MalformedHeadException for another transfer coding, and for more than one
  boolean isChunked() {
    if (codings.isEmpty()) {
      return false;
    }
    if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
      throw MalformedHeadException.unclearLength();
    }
    return true;
  }

  /// Whether Helidon reads these fields correctly; otherwise they are rewritten.
  boolean isPlain() {
    return !isIdentity
        && !isContinueExpected
        && (connections.isEmpty()
            || (connections.size() == 1
                && (connections.getFirst().equals("close")
                    || connections.getFirst().equals("keep-alive"))))
        && (codings.isEmpty() || codings.getFirst().equals("chunked"));
  }

  /// Whether a field is omitted when the head is rewritten.
  boolean isRewritten(int start, int end, boolean withHost) {
    int colon = start;
    while (colon < end && bytes[colon] != ':') {
      colon++;
    }
    return isNamed(CONNECTION, start, colon)
        || isNamed(TRANSFER_ENCODING, start, colon)
        || isNamed(EXPECT, start, colon)
        || (isNamed(CONTENT_ENCODING, start, colon)
            && value(colon, end).toLowerCase(Locale.ROOT).equals("identity"))
        || (withHost && isNamed(HOST, start, colon));
  }
}
