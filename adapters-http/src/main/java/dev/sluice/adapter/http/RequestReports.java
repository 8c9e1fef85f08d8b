package dev.sluice.adapter.http;

import dev.sluice.adapter.http.HttpSettings.AnsweredRequest;
import dev.sluice.adapter.http.HttpSettings.RequestLog;
import java.time.Duration;

/// Counts and logs every request, including those that reached no route.
///
/// @param metrics counts requests
/// @param log receives the requests that it wants
public record RequestReports(HttpMetrics metrics, RequestLog log) {

  /// The route name of requests that match no route.
  public static final String UNMATCHED = "unmatched";

  /// Reports a finished request.
  public void answered(Exchange exchange, String route, long nanos) {
    exchange.answered(nanos);
    metrics.answered(route, exchange.status(), nanos);
    if (log.wants(exchange.status(), nanos)) {
      log.answered(
          new AnsweredRequest(
              exchange.requestId(),
              exchange.request().prologue().method().text(),
              route,
              exchange.status(),
              Duration.ofNanos(nanos),
              exchange.bytesSent(),
              exchange.remoteAddress()));
    }
  }

  /// Reports a request that was rejected before it reached a route.
  ///
  /// @param method its method; may be empty
  /// @param client the client's address
  public void refused(String requestId, String method, int status, long bytes, String client) {
    metrics.answered(UNMATCHED, status, 0);
    if (log.wants(status, 0)) {
      log.answered(
          new AnsweredRequest(
              requestId,
              method.isEmpty() ? "-" : method,
              UNMATCHED,
              status,
              Duration.ZERO,
              bytes,
              client));
    }
  }
}
