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
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One request and its response.
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
  private final @Nullable StallGuard guard;
  private final String pathParameter;
  private final InetAddress client;
  private long bytesSent;
  private int status;
  private boolean mustClose;
  private boolean isStreamed;
  private boolean isCacheable;
  private long heldOpenAt;
  private @Nullable InputStream body;
  private AuditRecord audit = AuditRecord.none();
  private LongConsumer whenAnswered = _ -> {};
  private @Nullable Caller caller;

  /// @param pathParameter the decoded value of the route's placeholder; empty without one
  /// @param client the client's address
  public Exchange(
      ServerRequest request,
      ServerResponse response,
      String requestId,
      Optional<StallGuard> guard,
      String pathParameter,
      InetAddress client) {
    this.request = request;
    this.response = response;
    this.requestId = requestId;
    this.guard = guard.orElse(null);
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

  /// Returns the value of a request header, if it was sent; several values are joined as one.
  public Optional<String> header(HeaderName name) {
    return request.headers().contains(name)
        ? Optional.of(String.join(", ", request.headers().get(name).allValues()))
        : Optional.empty();
  }

  public ServerRequest request() {
    return request;
  }

  /// Returns the client's address, behind trusted proxies.
  InetAddress client() {
    return client;
  }

  /// Returns the client's address as text.
  String remoteAddress() {
    return client.getHostAddress();
  }

  /// Returns the key under which the client is counted; see [RateLimiter#keyOf].
  String remoteAddressKey() {
    return RateLimiter.keyOf(client);
  }

  void calledBy(Caller known) {
    caller = known;
  }

  /// Returns the caller.
  ///
  /// @throws IllegalStateException on an open route, where the caller is not identified
  public Caller caller() {
    Caller known = caller;
    if (known == null) {
      throw new IllegalStateException("the caller was not identified");
    }
    return known;
  }

  /// Returns the status of the response; 0 before it is sent.
  int status() {
    return status;
  }

  long bytesSent() {
    return bytesSent;
  }

  public boolean isAnswered() {
    return status != 0;
  }

  /// Returns the stall guard of its connection.
  public Optional<StallGuard> connection() {
    return Optional.ofNullable(guard);
  }

  /// Reports the current phase to the stall guard.
  public void now(StallGuard.Phase phase) {
    if (guard != null) {
      guard.now(phase);
    }
  }

  /// Reports progress of the request or the response to the stall guard.
  public void progress() {
    if (guard != null) {
      guard.progress();
    }
  }

  public Exchange set(HeaderName name, String value) {
    response.header(HeaderValues.create(name, value));
    return this;
  }

  /// Closes the connection after this response: what the client still sends would be taken for the
  /// next request.
  public void closeAfterwards() {
    mustClose = true;
    response.header(HeaderValues.CONNECTION_CLOSE);
  }

  /// Lets caches store the response: it contains nothing private.
  public Exchange cacheable() {
    isCacheable = true;
    return this;
  }

  /// Returns the unread bytes of the body.
  InputStream body() {
    InputStream opened = body;
    if (opened == null) {
      opened = request.content().inputStream();
      body = opened;
    }
    return opened;
  }

  /// Whether the response is streamed.
  public boolean isStreamed() {
    return isStreamed;
  }

  /// Marks the response as open for as long as the client wants, so that its duration does not
  /// count as work.
  public void holdOpen() {
    heldOpenAt = System.nanoTime();
  }

  /// Returns when the work that the client waited for was finished, in the time of
  /// [System#nanoTime].
  public long workEnd() {
    return heldOpenAt == 0 ? System.nanoTime() : heldOpenAt;
  }

  /// Closes the connection, whatever is in progress on it. Called by another thread.
  public void cutOff() {
    connection().ifPresent(StallGuard::cutOff);
  }

  /// Whether the connection must close after this response. After some responses Helidon would read
  /// on even when they announce the end of the connection.
  public boolean mustClose() {
    return mustClose || request.headers().contains(HeaderValues.CONNECTION_CLOSE);
  }

  /// Returns the activity log entry of this request.
  public AuditRecord audit() {
    return audit;
  }

  /// Sets the receiver of the nanoseconds from the start of the request to its response.
  public void whenAnswered(LongConsumer newWhenAnswered) {
    whenAnswered = newWhenAnswered;
  }

  void auditWith(AuditRecord newAudit) {
    audit = newAudit;
  }

  /// Sets a task that runs periodically while the request arrives.
  public void whileReading(Runnable task) {
    if (guard != null) {
      guard.whileReading(task);
    }
  }

  public void json(int code, byte[] body) {
    audit.close(code, Optional.empty());
    response.header(JSON);
    send(code, body);
  }

  public void text(String contentType, String body) {
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType));
    send(200, body.getBytes(StandardCharsets.UTF_8));
  }

  public void problem(Problem problem) {
    audit.close(problem.status(), Optional.of(problem.code()));
    if (problem.endsConnection()) {
      closeAfterwards();
    }
    problem.headers().forEach((name, value) -> set(HeaderNames.create(name), value));
    response.header(PROBLEM_JSON);
    send(problem.status(), ProblemWriter.document(problem, requestId));
  }

  /// Responds to HEAD where GET is streamed.
  public void head(int code, Header contentType) {
    response.header(contentType);
    begin(code);
    response.send();
  }

  public void empty(int code) {
    audit.close(code, Optional.empty());
    send(code, NOTHING);
  }

  /// Opens a streamed response, compressed if the client accepts it and the `expected` length
  /// justifies it.
  public OutputStream stream(int code, Header contentType, long expected) throws IOException {
    boolean isPacked = GzipAnswer.isFor(this, expected);
    OutputStream target = stream(code, contentType);
    return isPacked ? GzipAnswer.to(target) : target;
  }

  /// Opens a streamed response that sends each piece as it is written; the caller closes it.
  public OutputStream stream(int code, Header contentType) {
    response.header(contentType);
    begin(code);
    isStreamed = true;
    if (mustClose()) {
      // Helidon writes the end of a stream after the handler; leaving with an exception would cut
      // the stream off.
      response.whenSent(() -> connection().ifPresent(StallGuard::hangUp));
    }
    return new CountedStream(response.outputStream(), this::wrote);
  }

  private void wrote(int bytes) {
    if (guard != null) {
      guard.wrote(bytes);
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
    if (guard != null && guard.isContinueAwaited()) {
      // The client was not asked for its body and may or may not send it.
      closeAfterwards();
    }
    response.status(Status.create(code));
    response.header(HeaderValues.create(REQUEST_ID, requestId));
    response.header(NO_SNIFFING);
    if (!isCacheable && !response.headers().contains(HeaderNames.CACHE_CONTROL)) {
      response.header(NO_STORE);
    }
  }

  /// Marks the response as finished. An unread body may still be arriving, and is subject to the
  /// request timeout, too.
  public void finished() {
    boolean isRead = request.content().consumed() || !request.content().hasEntity();
    now(isRead ? StallGuard.Phase.IDLE : StallGuard.Phase.READING);
  }

  void answered(long nanos) {
    whenAnswered.accept(nanos);
  }

  public boolean isHead() {
    return request.prologue().method().text().equals("HEAD");
  }
}
