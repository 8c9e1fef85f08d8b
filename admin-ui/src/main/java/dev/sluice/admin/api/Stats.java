package dev.sluice.admin.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much there is, how fast it moves and how long it takes, over all nodes.
///
/// @param asOf when the storage was asked for the counts
/// @param events stored events by status
/// @param oldestWaitingSeconds how long the delivery had been due that waits longest
/// @param since since when totals count
/// @param ratesPerSecond by `10s`, `1m` and `5m`
public record Stats(
    Instant asOf,
    int nodes,
    Map<String, Long> events,
    Backlog backlog,
    double oldestWaitingSeconds,
    long inFlight,
    long workerSlots,
    Instant since,
    Totals totals,
    Map<String, Totals> byType,
    Map<String, Totals> subscriptions,
    Map<String, Rates> ratesPerSecond,
    Latencies latencySeconds) {

  /// Checks that all is there.
  public Stats {
    Required.members(
        "stats",
        asOf,
        events,
        backlog,
        since,
        totals,
        byType,
        subscriptions,
        ratesPerSecond,
        latencySeconds);
  }

  /// Unfinished deliveries.
  public record Backlog(long total, long received, long processing, long retrying) {}

  /// Counts since a start.
  public record Totals(long accepted, long completed, long failed, long retried) {}

  /// Per second.
  public record Rates(double accepted, double completed, double failed, double retried) {

    static final Rates NONE = new Rates(0, 0, 0, 0);
  }

  /// In seconds; null where there was nothing to measure.
  public record Latencies(
      @Nullable Percentiles accept,
      @Nullable Percentiles handler,
      @Nullable Percentiles acceptToDone) {}

  /// In seconds.
  public record Percentiles(double p50, double p95, double p99) {}

  /// Stored events in a status.
  public long count(Status status) {
    return events.getOrDefault(status.wireName(), 0L);
  }

  /// All stored events.
  public long stored() {
    return events.values().stream().mapToLong(Long::longValue).sum();
  }

  /// What happened in the last ten seconds.
  public Rates rates() {
    return ratesPerSecond.getOrDefault("10s", Rates.NONE);
  }
}
