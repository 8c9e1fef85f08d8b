package dev.sluice.adapter.http;

import dev.sluice.format.TraceContext;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;

/// Reads the W3C trace context of a request.
public final class TraceHeaders {

  private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
  private static final HeaderName TRACESTATE = HeaderNames.create("tracestate");

  private TraceHeaders() {}

  public static TraceContext read(Exchange exchange) {
    return TraceContext.of(exchange.header(TRACEPARENT), exchange.header(TRACESTATE));
  }
}
