package dev.sluice.admin.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts, rates and latencies over all nodes.
///
/// @param asOf time at which the counts were read from the storage
/// @param events stored events by status
/// @param oldestWaitingSeconds how long the oldest waiting delivery has been due
/// @param broker depths of the broker's queues; null if there is no broker or it does not respond
/// @param since time from which totals are counted
/// @param ratesPerSecond rates over `10s`, `1m` and `5m`
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
  /// @param unacknowledged messages that are delivered to nodes and not acknowledged
  /// @param redelivered messages that were delivered more than once
  public record Broker(long unacknowledged, long redelivered, List<Queue> queues) {

    public Broker {
      Required.members("broker", queues);
    }

    /// Returns the number of messages in queues whose name ends with `ending`.
    public long depth(String ending) {
      return queues.stream()
          .filter(queue -> queue.name().endsWith(ending))
          .mapToLong(Queue::depth)
          .sum();
    }

    /// Returns the number of messages in the delay queues.
    public long delayed() {
      return queues.stream()
          .filter(queue -> queue.name().contains(".delay."))
          .mapToLong(Queue::depth)
          .sum();
    }
  }

  /// Depth and consumers of one queue.
  public record Queue(String name, long depth, long consumers) {}

  /// Totals since a start time.
  public record Totals(long accepted, long completed, long failed, long retried) {}

  /// Rates per second.
  public record Rates(double accepted, double completed, double failed, double retried) {

    static final Rates NONE = new Rates(0, 0, 0, 0);
  }

  /// Latencies in seconds; null where nothing was measured.
  public record Latencies(
      @Nullable Percentiles accept,
      @Nullable Percentiles handler,
      @Nullable Percentiles acceptToDone) {}

  /// Percentiles in seconds.
  public record Percentiles(double p50, double p95, double p99) {}

  /// Returns the number of stored events with a status.
  public long count(Status status) {
    return events.getOrDefault(status.wireName(), 0L);
  }

  /// Returns the number of all stored events.
  public long stored() {
    return events.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Returns the rates of the last ten seconds.
  public Rates rates() {
    return ratesPerSecond.getOrDefault("10s", Rates.NONE);
  }
}
