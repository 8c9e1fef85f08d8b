package dev.sluice.adapter.http.helidon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.StallGuard;
import dev.sluice.adapter.http.StallGuard.Phase;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a connection strictly by RFC 9112 before Helidon does, and passes on only what is
/// unambiguous: requests with a clear length, each followed by its own body and nothing else.
///
/// It decides where a request ends; Helidon 4.4.0 checks the length of the body for some requests
/// only. Requests that are legal but unusual are rewritten in the form that Helidon understands;
/// plain requests pass unchanged. Used by the connection's thread alone.
final class RequestGate implements Supplier<byte @Nullable []> {

  private enum Next {
    HEAD,
    SIZED_BODY,
    CHUNKS,
    NOTHING
  }

  private final ReceivedBytes received;
  private final AnswerWriter answers;
  private final Optional<StallGuard> guard;
  private final HeadScanner scanner = new HeadScanner();
  private final FieldLines fields = new FieldLines();
  private final ChunkReader chunks = new ChunkReader();
  private Next next = Next.HEAD;
  private Next afterBody = Next.HEAD;
  private String method = "";
  private long bodyLeft;
  private boolean isContinueAwaited;
  private boolean isLeftUnread;

  /// @param source waits for the client's next bytes; returns null at the end
  /// @param answers writes to the client
  RequestGate(
      Supplier<byte @Nullable []> source, AnswerWriter answers, Optional<StallGuard> guard) {
    this.received = new ReceivedBytes(source);
    this.answers = answers;
    this.guard = guard;
  }

  /// Returns the next bytes of the current request, or the first ones of the next; null when no
  /// more requests will be read.
  ///
  /// @throws io.helidon.http.RequestException for ambiguous or malformed input
  @Override
  public byte @Nullable [] get() {
    try {
      return switch (next) {
        case HEAD -> head();
        case SIZED_BODY -> sized();
        case CHUNKS -> chunk();
        case NOTHING -> null;
      };
    } catch (MalformedHeadException e) {
      throw refused(e.problem());
    }
  }

  /// Whether the client may still be sending unread bytes, so that it may miss the response when
  /// the connection is closed at once.
  boolean hasUnread() {
    return isLeftUnread || received.available() > 0 || isBodyNext();
  }

  private boolean isBodyNext() {
    return next == Next.SIZED_BODY || next == Next.CHUNKS;
  }

  private RuntimeException refused(Problem problem) {
    if (next == Next.HEAD) {
      answers.expectRefusal();
    }
    next = Next.NOTHING;
    isLeftUnread = true;
    return RefusedRequest.of(problem, method, fields.requestId()).exception();
  }

  private byte @Nullable [] head() {
    int end = findHead();
    if (end < 0) {
      next = Next.NOTHING;
      return null;
    }
    byte[] bytes = received.bytes();
    int fieldsStart = scanner.firstLineEnd() + Ascii.CRLF;
    fields.read(bytes, fieldsStart, end);
    method = RequestLine.methodIn(bytes, scanner.start(), scanner.firstLineEnd());
    RequestLine line = RequestLine.read(method, bytes, scanner.start(), scanner.firstLineEnd());
    boolean isClosing = line.isOld() || fields.isCloseAsked();
    requireOneHost(line);
    frame(line, isClosing ? Next.NOTHING : Next.HEAD);
    answers.expect(line);
    received.skipTo(scanner.start());
    if (line.isOld() || line.isHeadOfProbe() || line.authority().isPresent() || !fields.isPlain()) {
      byte[] rewritten = rewritten(line, fieldsStart, end, isClosing);
      received.skipTo(end);
      return rewritten;
    }
    return received.takeTo(end + bodyBeside(end));
  }

  /// Waits for a complete head.
  ///
  /// @return its end; -1 when there is none
  private int findHead() {
    beginHead();
    int end = -1;
    if (received.available() > 0) {
      now(Phase.READING);
      end = scanner.scan(received.bytes(), received.limit());
    } else {
      guard.ifPresent(StallGuard::awaitsRequest);
    }
    while (end < 0) {
      if (!receive()) {
        return endOfInput();
      }
      end = scanner.scan(received.bytes(), received.limit());
    }
    return end;
  }

  private void beginHead() {
    fields.clear();
    method = "";
    scanner.begin(received.position());
  }

  /// Receives more of the head.
  ///
  /// @return false at the end of the input
  private boolean receive() {
    boolean isNew = received.available() == 0;
    int before = received.position();
    if (!received.fill()) {
      return false;
    }
    if (isNew) {
      now(Phase.READING);
    }
    scanner.moved(before - received.position());
    return true;
  }

  private int endOfInput() {
    if (received.available() > 0 && scanner.start() < received.limit()) {
      throw new MalformedHeadException(
          ProblemCode.REQUEST_TIMEOUT, "Resend the request: it did not arrive completely in time.");
    }
    return -1;
  }

  private void frame(RequestLine line, Next following) {
    long length = fields.contentLength();
    boolean isChunked = fields.isChunked();
    if (isChunked && line.isOld()) {
      throw MalformedHeadException.unclearLength();
    }
    afterBody = following;
    bodyLeft = Math.max(0, length);
    if (isChunked) {
      chunks.begin();
      next = Next.CHUNKS;
    } else {
      next = bodyLeft > 0 ? Next.SIZED_BODY : following;
    }
    isContinueAwaited = isBodyNext() && fields.isContinueExpected() && !line.isOld();
    guard.ifPresent(connection -> connection.awaitsContinue(isContinueAwaited));
  }

  private void requireOneHost(RequestLine line) {
    if (fields.hosts() > 1 || (fields.hosts() == 0 && !line.isOld())) {
      throw new MalformedHeadException("Send the header Host once.");
    }
  }

  /// Returns how much of the body has arrived with the head, so that both are passed on together.
  private int bodyBeside(int end) {
    if (next != Next.SIZED_BODY) {
      return 0;
    }
    return counted((int) Math.min(bodyLeft, received.limit() - end));
  }

  private int counted(int length) {
    bodyLeft -= length;
    if (bodyLeft == 0) {
      next = afterBody;
    }
    return length;
  }

  /// Returns the head in the form that Helidon understands.
  private byte[] rewritten(RequestLine line, int fieldsStart, int end, boolean isClosing) {
    var head = new ByteArrayOutputStream(end - scanner.start() + 64);
    add(head, (line.isHeadOfProbe() ? "GET" : line.method()) + ' ' + line.target() + " HTTP/1.1");
    if (line.authority().isPresent() || fields.hosts() == 0) {
      add(head, "Host: " + line.authority().orElse("localhost"));
    }
    addFields(head, fieldsStart, end, line.authority().isPresent());
    if (next == Next.CHUNKS) {
      add(head, "Transfer-Encoding: chunked");
    }
    if (isClosing) {
      add(head, "Connection: close");
    }
    add(head, "");
    return head.toByteArray();
  }

  private static void add(ByteArrayOutputStream head, String line) {
    head.writeBytes((line + "\r\n").getBytes(ISO_8859_1));
  }

  /// Adds the fields that stay as they are.
  private void addFields(ByteArrayOutputStream head, int fieldsStart, int end, boolean withHost) {
    byte[] bytes = received.bytes();
    for (int start = fieldsStart; start < end - Ascii.CRLF; ) {
      int lineEnd = Ascii.lineEnd(bytes, start);
      if (!fields.isRewritten(start, lineEnd, withHost)) {
        head.write(bytes, start, lineEnd + Ascii.CRLF - start);
      }
      start = lineEnd + Ascii.CRLF;
    }
  }

  private byte @Nullable [] sized() {
    if (!mayReadBody() || (received.available() == 0 && !received.fill())) {
      next = Next.NOTHING;
      return null;
    }
    int length = counted((int) Math.min(bodyLeft, received.available()));
    return received.takeTo(received.position() + length);
  }

  private byte @Nullable [] chunk() {
    while (mayReadBody() && (received.available() > 0 || received.fill())) {
      byte[] plain = chunks.read(received.bytes(), received.position(), received.limit());
      received.skipTo(chunks.position());
      if (chunks.isOver()) {
        next = afterBody;
      }
      if (plain.length > 0) {
        return plain;
      }
    }
    next = Next.NOTHING;
    return null;
  }

  /// Asks a client for its body if it expects that. Once a response has begun, nothing is asked:
  /// the client may or may not send its body then, so the connection has to close.
  private boolean mayReadBody() {
    if (!isContinueAwaited) {
      return true;
    }
    if (answers.hasBegun()) {
      isLeftUnread = true;
      return false;
    }
    isContinueAwaited = false;
    guard.ifPresent(connection -> connection.awaitsContinue(false));
    answers.askForBody();
    return true;
  }

  private void now(Phase phase) {
    guard.ifPresent(connection -> connection.now(phase));
  }
}
