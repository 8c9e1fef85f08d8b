package dev.sluice.application.work;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How this node treats the receiver of a subscription, and how the receiver does.
///
/// @param state whether requests are sent
/// @param until when the next one is sent at the earliest, if that is known
/// @param reason a sentence that says why none is sent; empty where the state says it all
/// @param limit how many requests it gets at once
/// @param inFlight how many are in progress
/// @param recent how many of the last requests had which class of status, such as `2xx`; `none` for
///   those without a complete response
/// @param latency how long the last requests took; empty when there were none
public record ReceiverView(
    State state,
    Optional<Instant> until,
    String reason,
    int limit,
    int inFlight,
    Map<String, Integer> recent,
    Optional<Latency> latency) {

  public ReceiverView {
    recent = Collections.unmodifiableMap(new LinkedHashMap<>(recent));
  }

  /// Returns whether the receiver gets no further request now.
  public boolean isBusy() {
    return inFlight >= limit;
  }

  /// Whether requests are sent.
  public enum State {
    /// They are.
    OPEN("open"),
    /// The receiver asked for a pause.
    PAUSED("paused"),
    /// The circuit breaker stopped them, because most failed.
    BROKEN("broken"),
    /// One at a time shows whether the receiver is back.
    HALF_OPEN("half_open");

    private final String wireName;

    State(String wireName) {
      this.wireName = wireName;
    }

    /// Returns the name in the API.
    public String wireName() {
      return wireName;
    }
  }

  /// How long requests took.
  ///
  /// @param p50 half of them took at most this long
  /// @param p99 99 of 100 took at most this long
  public record Latency(Duration p50, Duration p99) {}
}
