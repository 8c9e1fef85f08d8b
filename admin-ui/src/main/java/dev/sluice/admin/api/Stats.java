package dev.sluice.admin.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much there is, how fast it moves and how long it takes, over all nodes.
///
/// @param asOf when the storage was asked for the counts
/// @param events stored events by status
/// @param oldestWaitingSeconds how long the delivery had been due that waits longest
/// @param broker how full the queues of a broker are; null where there is none, or it does not
///   answer
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
    @Nullable Broker broker,
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

  /// The queues of a broker.
  ///
  /// @param unacknowledged messages that nodes hold
  /// @param redelivered messages that came again
  public record Broker(long unacknowledged, long redelivered, List<Queue> queues) {

    /// Checks that all is there.
    public Broker {
      Required.members("broker", queues);
    }

    /// Messages that wait in queues whose name ends like this.
    public long depth(String ending) {
      return queues.stream()
          .filter(queue -> queue.name().endsWith(ending))
          .mapToLong(Queue::depth)
          .sum();
    }

    /// Messages that wait for their time.
    public long delayed() {
      return queues.stream()
          .filter(queue -> queue.name().contains(".delay."))
          .mapToLong(Queue::depth)
          .sum();
    }
  }

  /// A queue.
  public record Queue(String name, long depth, long consumers) {}

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
