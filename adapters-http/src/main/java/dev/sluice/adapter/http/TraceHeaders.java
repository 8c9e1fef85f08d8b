package dev.sluice.adapter.http;

import dev.sluice.domain.event.Attributes;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.TraceContext;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;

/// Reads what led to a request: its W3C trace context, and how many webhooks.
public final class TraceHeaders {

  private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
  private static final HeaderName TRACESTATE = HeaderNames.create("tracestate");

  private static final String HOPS = "webhook-hops";
  private static final HeaderName HOPS_HEADER = HeaderNames.create(HOPS);

  /// More webhooks than this, one after the other, are taken for a loop.
  private static final int MAX_HOPS = 5;

  private TraceHeaders() {}

  /// Reads the headers of a request.
  ///
  /// @throws ProblemException when too many webhooks led to the request
  public static TraceContext read(Exchange exchange) {
    TraceContext trace = TraceContext.of(exchange.header(TRACEPARENT), exchange.header(TRACESTATE));
    int hops = exchange.header(HOPS_HEADER).map(Attributes::hops).orElse(0);
    if (hops > MAX_HOPS) {
      throw loop(hops);
    }
    return hops == 0 ? trace : trace.withHops(hops);
  }

  private static ProblemException loop(int hops) {
    return new ProblemException(
        Problem.of(
            ProblemCode.INVALID_HEADER,
            hops
                + " webhooks, one after the other, led to this request, so it is taken for a loop."
                + " End it: send the webhook to another receiver, or change the types or the filter"
                + " of its subscription.",
            List.of(FieldProblem.header(HOPS, "must be at most " + MAX_HOPS))));
  }
}
