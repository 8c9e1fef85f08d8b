package dev.sluice.admin.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state of the receiver of a webhook, as one node sees it.
///
/// @param state `open`, `paused`, `broken` or `half_open`; empty if the service does not say
/// @param until when the state ends by itself; null if it does not
/// @param reason why it is in this state, for people
/// @param concurrency how many requests the node sends at a time at most
/// @param inFlight how many requests are in progress
/// @param recent number of recent attempts by class of status: `2xx` to `5xx`, and `none`
public record Receiver(
    String state,
    @Nullable Instant until,
    @Nullable String reason,
    @Nullable Long concurrency,
    @Nullable Long inFlight,
    Map<String, Long> recent,
    @Nullable Latency latencyMs) {

  public Receiver {
    state = state == null ? "" : state;
    recent = recent == null ? Map.of() : Map.copyOf(recent);
  }

  /// How long responses took, in milliseconds.
  public record Latency(@Nullable Double p50, @Nullable Double p99) {}
}
