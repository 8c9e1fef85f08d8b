package dev.sluice.adapter.http;

import dev.sluice.adapter.http.RateLimiter.Verdict;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.util.Optional;

/// Holds clients to the rate that is allowed, and tells them how much is left of it.
///
/// @param limiter counts; none when any rate is allowed
/// @param metrics counts what was refused
public record RequestRates(Optional<RateLimiter> limiter, HttpMetrics metrics) {

  private static final HeaderName RATE_LIMIT = HeaderNames.create("RateLimit");
  private static final HeaderName RATE_LIMIT_POLICY = HeaderNames.create("RateLimit-Policy");

  /// Whether the request may go on; else it is answered.
  public boolean admit(Exchange exchange) {
    if (limiter.isEmpty()) {
      return true;
    }
    RateLimiter rates = limiter.get();
    Verdict verdict = rates.take(exchange.client());
    exchange.set(
        RATE_LIMIT_POLICY, "\"client\";q=" + rates.burst() + ";w=" + rates.windowSeconds());
    exchange.set(
        RATE_LIMIT, "\"client\";r=" + verdict.remaining() + ";t=" + verdict.secondsToNext());
    if (!verdict.isAllowed()) {
      metrics.rateLimited();
      exchange.problem(
          Problem.later(
              ProblemCode.RATE_LIMITED,
              "this address sends more requests than allowed; wait for Retry-After",
              Duration.ofSeconds(verdict.secondsToNext())));
    }
    return verdict.isAllowed();
  }
}
