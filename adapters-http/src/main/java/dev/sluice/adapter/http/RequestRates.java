package dev.sluice.adapter.http;

import dev.sluice.adapter.http.RateLimiter.Verdict;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.util.Optional;

/// Enforces the rate limit, and reports to clients how much of it is left.
///
/// @param limiter counts requests; empty without a limit
/// @param metrics counts rejected requests
public record RequestRates(Optional<RateLimiter> limiter, HttpMetrics metrics) {

  private static final HeaderName RATE_LIMIT = HeaderNames.create("RateLimit");
  private static final HeaderName RATE_LIMIT_POLICY = HeaderNames.create("RateLimit-Policy");

  /// Admits the request, or responds with a problem and returns false.
  public boolean admit(Exchange exchange) {
    if (limiter.isEmpty()) {
      return true;
    }
    RateLimiter rates = limiter.get();
    Verdict verdict = rates.take(exchange.client());
    setHeaders(exchange, rates, verdict);
    if (!verdict.isAllowed()) {
      metrics.rateLimited();
      exchange.problem(
          Problem.later(
              ProblemCode.RATE_LIMITED,
              "Resend after Retry-After: this address sends more requests than allowed.",
              Duration.ofSeconds(verdict.secondsToNext())));
    }
    return verdict.isAllowed();
  }

  private static void setHeaders(Exchange exchange, RateLimiter rates, Verdict verdict) {
    exchange.set(
        RATE_LIMIT_POLICY, "\"client\";q=" + rates.burst() + ";w=" + rates.windowSeconds());
    exchange.set(
        RATE_LIMIT, "\"client\";r=" + verdict.remaining() + ";t=" + verdict.secondsToNext());
  }
}
