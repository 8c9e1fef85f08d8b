package dev.sluice.admin.api;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How failed attempts of a subscription are retried. Durations are as the service writes them,
/// such as `1s` or `3d`.
///
/// @param factor by which the wait grows with each retry
/// @param maxAge no retry starts later than this after the event was received; `0s` for no limit
/// @param waits the wait before each retry, instead of the number of retries and a backoff
public record RetryPolicy(
    @Nullable Long maxRetries,
    @Nullable String base,
    @Nullable BigDecimal factor,
    @Nullable String cap,
    @Nullable String maxAge,
    @Nullable List<String> waits) {

  public RetryPolicy {
    waits = waits == null ? null : List.copyOf(waits);
  }
}
