package dev.sluice.adapter.http;

import dev.sluice.adapter.http.HttpSettings.AnsweredRequest;
import dev.sluice.adapter.http.HttpSettings.RequestLog;
import java.time.Duration;

/// Counts and logs every request that was answered, also those that reached no route.
///
/// @param metrics counts
/// @param log is told of those that it wants
public record RequestReports(HttpMetrics metrics, RequestLog log) {

  /// The route of what no route answers.
  public static final String UNMATCHED = "unmatched";

  /// A request was answered.
  public void answered(Exchange exchange, String route, long nanos) {
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

  /// A request was refused before it reached a route.
  ///
  /// @param method its method; may be empty
  /// @param client where it comes from
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
