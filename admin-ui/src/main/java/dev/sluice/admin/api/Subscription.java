package dev.sluice.admin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A subscription: which events it takes and how they are retried.
///
/// @param patterns event type patterns that it matches
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

  public Subscription {
    Required.members("subscription", name, patterns, handler);
  }
}
