package dev.sluice.application.operate;

import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.TransitionListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What this node did and how fast, kept in memory so that asking costs the storage nothing.
public final class Statistics implements TransitionListener {

  /// Events of further types are counted together under [#OTHER_TYPES], so that producers cannot
  /// fill the memory.
  public static final int MAX_TYPES = 200;

  /// Stands for all types beyond the first [#MAX_TYPES].
  public static final String OTHER_TYPES = "other";

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DRAIN_WINDOW = Duration.ofSeconds(10);
  private static final List<Duration> WINDOWS =
      List.of(Duration.ofSeconds(10), MINUTE, Duration.ofMinutes(5));

  private final InstantSource clock;
  private final Instant startedAt;
  private final Tally all = new Tally();
  private final Map<String, Tally> byType = new ConcurrentHashMap<>();
  private final RecentLatency acceptTime = new RecentLatency();
  private final RecentLatency handlerTime = new RecentLatency();
  private final RecentLatency acceptToDone = new RecentLatency();
  private final RateHistory history;
  private volatile Instant minuteBegan;

  public Statistics(InstantSource clock) {
    this.clock = clock;
    this.startedAt = clock.instant();
    this.minuteBegan = startedAt;
    this.history = new RateHistory(startedAt);
  }

  /// What this node did since it started, and how fast it is now.
  ///
  /// @param since when counting began
  /// @param totals over all types
  /// @param byType by event type
  /// @param rates over 10 s, 1 min and 5 min
  /// @param acceptTime from reading a request to answering it
  /// @param handlerTime how long handlers ran
  /// @param acceptToDone from receiving an event to completing it
  public record Snapshot(
      Instant since,
      Totals totals,
      Map<String, Totals> byType,
      List<Rates> rates,
      Percentiles acceptTime,
      Percentiles handlerTime,
      Percentiles acceptToDone) {}

  /// The present numbers.
  public Snapshot snapshot() {
    Instant now = clock.instant();
    Totals totals = all.totals();
    var types = new TreeMap<String, Totals>();
    byType.forEach((type, tally) -> types.put(type, tally.totals()));
    return new Snapshot(
        startedAt,
        totals,
        types,
        WINDOWS.stream().map(window -> history.over(window, now, totals)).toList(),
        acceptTime.percentiles(),
        handlerTime.percentiles(),
        acceptToDone.percentiles());
  }

  /// What happened since the start, over all types.
  public Totals totals() {
    return all.totals();
  }

  /// Deliveries that came to an end per second, over the last ten seconds.
  public double drainPerSecond() {
    Rates recent = history.over(DRAIN_WINDOW, clock.instant(), all.totals());
    return recent.completed() + recent.failed();
  }

  /// A request with events was answered after this time.
  public void answered(Duration duration) {
    acceptTime.record(duration);
  }

  /// Takes the samples that rates follow from. Called at least once a second, by one thread at a
  /// time.
  public void tick() {
    Instant now = clock.instant();
    history.sample(now, all.totals());
    if (Duration.between(minuteBegan, now).compareTo(MINUTE) >= 0) {
      minuteBegan = now;
      List.of(acceptTime, handlerTime, acceptToDone).forEach(RecentLatency::nextMinute);
    }
  }

  @Override
  public void onTransition(Transition transition) {
    switch (transition) {
      case Transition.Accepted accepted -> {
        all.accepted();
        of(accepted.type()).accepted();
      }
      case Transition.Settled settled -> onSettled(settled);
      case Transition.Claimed _,
          Transition.Replayed _,
          Transition.Cancelled _,
          Transition.LeaseLost _ -> {
        // Operators' actions and lost leases are counted by the metrics; none is throughput.
      }
    }
  }

  private void onSettled(Transition.Settled settled) {
    Tally type = of(settled.type());
    handlerTime.record(settled.handlerTime());
    switch (settled.resolution()) {
      case Resolution.Complete _ -> {
        all.completed();
        type.completed();
        acceptToDone.record(settled.sinceReceived());
      }
      case Resolution.DeadLetter _ -> {
        all.failed();
        type.failed();
      }
      case Resolution.Retry _ -> {
        all.retried();
        type.retried();
      }
      case Resolution.HandBack _ -> {
        // Not an outcome.
      }
    }
  }

  private Tally of(EventType type) {
    Tally known = byType.get(type.value());
    if (known != null) {
      return known;
    }
    // Two threads may pass the check at once; a few types more than the limit do no harm.
    String name = byType.size() < MAX_TYPES ? type.value() : OTHER_TYPES;
    return byType.computeIfAbsent(name, _ -> new Tally());
  }
}
