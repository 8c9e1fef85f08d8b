package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemWriter;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.RequestIds;
import dev.sluice.adapter.http.RequestReports;
import dev.sluice.adapter.http.ThrottledLog;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Responds to requests that never reach a route because Helidon cannot read them: malformed or
/// overlong request lines and headers, unknown encodings.
final class TransportErrors implements DirectHandler {

  private static final System.Logger LOG = System.getLogger(TransportErrors.class.getName());

  private final RequestIds requestIds;
  private final RequestReports reports;
  private final StallGuards guards;
  private final ThrottledLog log = new ThrottledLog(LOG, System::nanoTime);

  TransportErrors(RequestIds requestIds, RequestReports reports, StallGuards guards) {
    this.requestIds = requestIds;
    this.reports = reports;
    this.guards = guards;
  }

  /// Returns this handler for every kind of error.
  DirectHandlers handlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, this);
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      Throwable thrown,
      System.@Nullable Logger logger) {
    // The default would pass on the exception's message; ours says what to do.
    return handle(request, type, status, headers, "");
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    String sent =
        request.headers().contains(Exchange.REQUEST_ID)
            ? request.headers().get(Exchange.REQUEST_ID).get()
            : "";
    String requestId = requestIds.accept(sent);
    Problem problem =
        request instanceof RefusedRequest refused ? refused.problem() : problemOf(request, status);
    if (problem.status() >= 500 && !(request instanceof RefusedRequest)) {
      log.log(Level.WARNING, "request " + requestId + " failed before it reached a route: " + type);
    }
    byte[] document = ProblemWriter.document(problem, requestId);
    reports.refused(
        requestId, request.method(), problem.status(), document.length, guards.currentAddress());
    problem.headers().forEach((name, value) -> headers.set(HeaderNames.create(name), value));
    return TransportResponse.builder()
        .status(Status.create(problem.status()))
        .headers(headers)
        .header(Exchange.PROBLEM_JSON)
        .header(Exchange.NO_SNIFFING)
        .header(HeaderValues.create(Exchange.REQUEST_ID, requestId))
        .keepAlive(false)
        .entity(document)
        .build();
  }

  private static Problem problemOf(TransportRequest request, Status status) {
    if (status.code() == 400 && request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
      return Problem.of(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding.")
          .withHeader("Accept-Encoding", "identity");
    }
    return switch (status.code()) {
      case 404 ->
          Problems.notFound(
              "Use a path that GET /openapi.json describes: this one does not exist.");
      case 413 -> Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "Send a smaller body.");
      case 414 -> Problem.of(ProblemCode.URI_TOO_LONG, "Shorten the request line.");

      case 503 ->
          Problem.later(
              ProblemCode.OVERLOADED,
              "Resend after Retry-After: too many requests at once.",
              Duration.ofSeconds(1));
      case 500 ->
          isBeforeRequest(request)
              ? malformed()
              : Problem.of(
                  ProblemCode.INTERNAL_ERROR, "Look up this request_id in the service's log.");
      default -> malformed();
    };
  }

  /// Whether the error occurred before a request. Helidon reports an unreadable request line or
  /// header as its own error; without a method it is the client's.
  private static boolean isBeforeRequest(TransportRequest request) {
    return request.method().isEmpty();
  }

  private static Problem malformed() {
    return Problem.of(
        ProblemCode.BAD_REQUEST,
        "Fix the request line, the path or the headers: they are malformed or too large.");
  }
}
