package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.Problem;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;

/// A request that is rejected before it reaches a route, and the problem to respond with.
///
/// @param problem the response
/// @param method its method; empty when unknown
/// @param headers the request's headers that the response needs
record RefusedRequest(Problem problem, String method, ServerRequestHeaders headers)
    implements TransportRequest {

  private static final String PROTOCOL = "HTTP/1.1";

  /// @param requestId the id that the client sent; may be empty
  static RefusedRequest of(Problem problem, String method, String requestId) {
    WritableHeaders<?> headers = WritableHeaders.create();
    if (!requestId.isEmpty()) {
      headers.set(HeaderValues.create(Exchange.REQUEST_ID, requestId));
    }
    return new RefusedRequest(problem, method, ServerRequestHeaders.create(headers));
  }

  @Override
  public String path() {
    return "";
  }

  @Override
  public String protocolVersion() {
    return PROTOCOL;
  }

  /// Returns the exception that makes Helidon pass this to [TransportErrors] and close the
  /// connection.
  RequestException exception() {
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .status(Status.create(problem.status()))
        .request(this)
        .setKeepAlive(false)
        .build();
  }
}
