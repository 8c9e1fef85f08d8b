package dev.sluice.adapter.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request and its answer.
public final class Exchange {

  public static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");
  public static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  public static final Header PROBLEM_JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");
  public static final Header NO_SNIFFING =
      HeaderValues.createCached(HeaderNames.create("X-Content-Type-Options"), "nosniff");
  private static final Header NO_STORE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
  private static final byte[] NOTHING = new byte[0];

  private final ServerRequest request;
  private final ServerResponse response;
  private final String requestId;
  private final @Nullable StallGuard watch;
  private final String pathParameter;
  private final InetAddress client;
  private long bytesSent;
  private int status;
  private boolean mustClose;
  private boolean isStreamed;
  private boolean isCacheable;
  private long heldOpenAt;
  private @Nullable InputStream body;
  private @Nullable Audit audit;
  private @Nullable Caller caller;

  /// @param pathParameter what stands in the path where the route has its placeholder, decoded;
  ///   else empty
  /// @param client where it comes from
  public Exchange(
      ServerRequest request,
      ServerResponse response,
      String requestId,
      Optional<StallGuard> watch,
      String pathParameter,
      InetAddress client) {
    this.request = request;
    this.response = response;
    this.requestId = requestId;
    this.watch = watch.orElse(null);
    this.pathParameter = pathParameter;
    this.client = client;
  }

  public String requestId() {
    return requestId;
  }

  public String pathParameter() {
    return pathParameter;
  }

  public String rawQuery() {
    return request.query().rawValue();
  }

  public String rawPath() {
    return request.path().rawPath();
  }

  /// The value of a request header, if it was sent; several are joined as one.
  public Optional<String> header(HeaderName name) {
    return request.headers().contains(name)
        ? Optional.of(String.join(", ", request.headers().get(name).allValues()))
        : Optional.empty();
  }

  public ServerRequest request() {
    return request;
  }

  /// Where the request comes from, behind proxies that are trusted.
  InetAddress client() {
    return client;
  }

  /// The same in digits.
  String remoteAddress() {
    return client.getHostAddress();
  }

  /// What stands for the client where clients are counted; see [RateLimiter#keyOf].
  String remoteAddressKey() {
    return RateLimiter.keyOf(client);
  }

  void calledBy(Caller known) {
    caller = known;
  }

  /// Who sent the request.
  ///
  /// @throws IllegalStateException on a route that is open, where nobody asked
  public Caller caller() {
    Caller known = caller;
    if (known == null) {
      throw new IllegalStateException("nobody asked who calls");
    }
    return known;
  }

  /// The status that was answered; 0 before.
  int status() {
    return status;
  }

  long bytesSent() {
    return bytesSent;
  }

  public boolean isAnswered() {
    return status != 0;
  }

  /// The watch of its connection.
  public Optional<StallGuard> connection() {
    return Optional.ofNullable(watch);
  }

  /// Tells the watch what is going on.
  public void now(StallGuard.Phase phase) {
    if (watch != null) {
      watch.now(phase);
    }
  }

  /// Tells the watch that the client or the answer moves on.
  public void progress() {
    if (watch != null) {
      watch.progress();
    }
  }

  public Exchange set(HeaderName name, String value) {
    response.header(HeaderValues.create(name, value));
    return this;
  }

  /// The connection ends with this answer: what the client still sends would be taken for the next
  /// request.
  public void closeAfterwards() {
    mustClose = true;
    response.header(HeaderValues.CONNECTION_CLOSE);
  }

  /// The answer says nothing that is not for everyone, so that others may keep it.
  public Exchange cacheable() {
    isCacheable = true;
    return this;
  }

  /// The bytes of the body, as far as they have not been read.
  InputStream body() {
    InputStream opened = body;
    if (opened == null) {
      opened = request.content().inputStream();
      body = opened;
    }
    return opened;
  }

  /// Whether the answer is written piece by piece.
  public boolean isStreamed() {
    return isStreamed;
  }

  /// The answer is open for as long as the client wants, which is no measure of how long it took.
  public void holdOpen() {
    heldOpenAt = System.nanoTime();
  }

  /// When all was done that the client had to wait for, in the time of [System#nanoTime].
  public long workEnd() {
    return heldOpenAt == 0 ? System.nanoTime() : heldOpenAt;
  }

  /// Ends the connection, whatever is under way on it. Called by another thread.
  public void cutOff() {
    connection().ifPresent(StallGuard::cutOff);
  }

  /// Whether the connection must end with this answer. Helidon would read on after some answers,
  /// whatever they say.
  public boolean mustClose() {
    return mustClose || request.headers().contains(HeaderValues.CONNECTION_CLOSE);
  }

  /// The answer is to be taken down.
  void auditWith(Audit newAudit) {
    audit = newAudit;
  }

  /// The answer is of no use for that: the request failed before its outcome was known.
  public void auditNoMore() {
    audit = null;
  }

  /// What is looked at now and then while the request arrives.
  public void whileReading(Runnable task) {
    if (watch != null) {
      watch.whileReading(task);
    }
  }

  /// Tells more of what is taken down, if it is.
  public void did(String action, String target, String detail) {
    if (audit != null) {
      audit.tell(action, target, detail);
    }
  }

  /// Tells why it was done, if that is taken down.
  public void because(String reason) {
    if (audit != null) {
      audit.because(reason);
    }
  }

  private void takeDown(int code, Optional<ProblemCode> problem) {
    Audit pending = audit;
    audit = null;
    if (pending != null) {
      pending.answering(this, code, problem);
    }
  }

  public void json(int code, byte[] body) {
    takeDown(code, Optional.empty());
    response.header(JSON);
    send(code, body);
  }

  public void text(String contentType, String body) {
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType));
    send(200, body.getBytes(StandardCharsets.UTF_8));
  }

  public void problem(Problem problem) {
    takeDown(problem.status(), Optional.of(problem.code()));
    if (problem.endsConnection()) {
      closeAfterwards();
    }
    problem.headers().forEach((name, value) -> set(HeaderNames.create(name), value));
    response.header(PROBLEM_JSON);
    send(problem.status(), ProblemWriter.document(problem, requestId));
  }

  /// Answers HEAD where GET is answered piece by piece.
  public void head(int code, Header contentType) {
    response.header(contentType);
    begin(code);
    response.send();
  }

  public void empty(int code) {
    takeDown(code, Optional.empty());
    send(code, NOTHING);
  }

  /// Opens a long answer, packed if the client asks for it; `expected` is about its length.
  public OutputStream stream(int code, Header contentType, long expected) throws IOException {
    boolean isPacked = GzipAnswer.isFor(this, expected);
    OutputStream target = stream(code, contentType);
    return isPacked ? GzipAnswer.to(target) : target;
  }

  /// Opens an answer that is written piece by piece, each sent on its own; the caller closes it.
  public OutputStream stream(int code, Header contentType) {
    response.header(contentType);
    begin(code);
    isStreamed = true;
    if (mustClose()) {
      // Only after the handler does Helidon write the end of a stream; to leave with an exception
      // would cut it off.
      response.whenSent(() -> connection().ifPresent(StallGuard::hangUp));
    }
    return new CountedStream(response.outputStream(), this::wrote);
  }

  private void wrote(int bytes) {
    if (watch != null) {
      watch.wrote(bytes);
    }
    bytesSent += bytes;
  }

  private void send(int code, byte[] content) {
    byte[] body = GzipAnswer.isFor(this, content.length) ? GzipAnswer.pack(content) : content;
    begin(code);
    bytesSent = body.length;
    if (isHead()) {
      response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, body.length));
      response.send();
    } else {
      response.send(body);
    }
  }

  private void begin(int code) {
    status = code;
    now(StallGuard.Phase.WRITING);
    if (watch != null && watch.isContinueAwaited()) {
      // The client was not asked for its body, so that it may come or not.
      closeAfterwards();
    }
    response.status(Status.create(code));
    response.header(HeaderValues.create(REQUEST_ID, requestId));
    response.header(NO_SNIFFING);
    if (!isCacheable && !response.headers().contains(HeaderNames.CACHE_CONTROL)) {
      response.header(NO_STORE);
    }
  }

  /// The answer is over. A body that nobody read may still be on its way and must arrive in time,
  /// too.
  public void finished() {
    boolean isRead = request.content().consumed() || !request.content().hasEntity();
    now(isRead ? StallGuard.Phase.IDLE : StallGuard.Phase.READING);
  }

  public boolean isHead() {
    return request.prologue().method().text().equals("HEAD");
  }
}
