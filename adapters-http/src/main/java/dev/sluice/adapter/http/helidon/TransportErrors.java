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

/// Answers what never reaches a route because Helidon itself cannot make sense of it: malformed
/// request lines and headers, over-long ones, unknown encodings.
final class TransportErrors implements DirectHandler {

  private static final System.Logger LOG = System.getLogger(TransportErrors.class.getName());

  private final RequestIds requestIds;
  private final RequestReports reports;
  private final StallGuards watches;
  private final ThrottledLog log = new ThrottledLog(LOG, System::nanoTime);

  TransportErrors(RequestIds requestIds, RequestReports reports, StallGuards watches) {
    this.requestIds = requestIds;
    this.reports = reports;
    this.watches = watches;
  }

  /// Itself, for every kind of error.
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
    // The default would pass the exception's message on; ours says what to do instead.
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
        requestId, request.method(), problem.status(), document.length, watches.currentAddress());
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
              ProblemCode.UNSUPPORTED_MEDIA_TYPE, "send the body without a Content-Encoding")
          .withHeader("Accept-Encoding", "identity");
    }
    return switch (status.code()) {
      case 404 ->
          Problems.notFound(
              "there is nothing at this path; GET /openapi.json describes what there is");
      case 413 -> Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "the body is too large");
      case 414 -> Problem.of(ProblemCode.URI_TOO_LONG, "the request line is too long");

      case 503 ->
          Problem.later(
              ProblemCode.OVERLOADED,
              "too many requests at once; send this one again",
              Duration.ofSeconds(1));
      case 500 ->
          isBeforeRequest(request)
              ? malformed()
              : Problem.of(
                  ProblemCode.INTERNAL_ERROR, "the service's log tells more about this request_id");
      default -> malformed();
    };
  }

  /// Helidon counts a request line or headers that it cannot read as an error of its own; without a
  /// method it is the client's.
  private static boolean isBeforeRequest(TransportRequest request) {
    return request.method().isEmpty();
  }

  private static Problem malformed() {
    return Problem.of(
        ProblemCode.BAD_REQUEST,
        "the request line, the path or the headers are malformed, or too large");
  }
}
