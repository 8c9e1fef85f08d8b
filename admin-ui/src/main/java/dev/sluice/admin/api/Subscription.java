package dev.sluice.admin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A named interest in events.
///
/// @param patterns types that it takes
/// @param paused null while it runs
public record Subscription(
    String name,
    List<String> patterns,
    String handler,
    int maxRetries,
    long retryBaseMs,
    long retryCapMs,
    @Nullable Long retryMaxAgeMs,
    @Nullable Pause paused) {

  /// Checks that all is there.
  public Subscription {
    Required.members("subscription", name, patterns, handler);
  }
}
