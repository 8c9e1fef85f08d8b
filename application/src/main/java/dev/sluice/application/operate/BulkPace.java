package dev.sluice.application.operate;

import dev.sluice.domain.port.BulkJob;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// How fast bulk jobs go: as fast as their operators say, or else at a quarter of the rate at which
/// deliveries are worked off, so that live work keeps most of the service, and not slower than
/// [#SLOWEST] as long as little waits, so that an idle service does not idle.
public final class BulkPace {

  private static final double SLOWEST = 2_000;
  private static final double SHARE = 0.25;

  /// So much is soon worked off; behind more than that live work would wait.
  private static final long LITTLE = 4_000;

  /// What could not be done for a while is not made up for.
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  private final DoubleSupplier drainPerSecond;
  private final LongSupplier backlog;
  private final AtomicBoolean isWoken = new AtomicBoolean();

  /// Used by one thread.
  private final Map<String, Mark> marks = new HashMap<>();

  /// @param drainPerSecond how many deliveries come to an end per second at present
  /// @param backlog how many are unfinished
  public BulkPace(DoubleSupplier drainPerSecond, LongSupplier backlog) {
    this.drainPerSecond = drainPerSecond;
    this.backlog = backlog;
  }

  /// From when, and from how far on, the rate of a job is reckoned. Progress is what the storage
  /// says, so that nodes that share a job share its rate.
  private record Mark(Instant at, long progress) {}

  /// Events per second of a job that asks for `wanted`; 0 asks for nothing.
  double perSecond(double wanted) {
    double least = backlog.getAsLong() < LITTLE ? SLOWEST : 1;
    return wanted > 0 ? wanted : Math.max(least, SHARE * drainPerSecond.getAsDouble());
  }

  /// Somebody started a job.
  void wake() {
    isWoken.set(true);
  }

  /// Whether somebody did since this was asked last.
  boolean wasWoken() {
    return isWoken.getAndSet(false);
  }

  /// How many events of the job may be looked at now.
  int allowed(BulkJob job, Instant now, int most) {
    double rate = perSecond(job.ratePerSecond());
    long progress = job.done() + job.skipped();
    Mark mark = marks.computeIfAbsent(job.plan().id(), _ -> new Mark(now, progress));
    if (now.isBefore(mark.at())) {
      // The clock was set back.
      mark = new Mark(now, progress);
      marks.put(job.plan().id(), mark);
    }
    double due = rate * seconds(Duration.between(mark.at(), now)) - (progress - mark.progress());
    if (due > Math.max(1, rate * seconds(LONGEST_REST))) {
      marks.put(job.plan().id(), new Mark(now.minus(restOf(rate)), progress));
      due = Math.max(1, rate * seconds(LONGEST_REST));
    }
    return (int) Math.clamp(Math.floor(due), 0, most);
  }

  /// So long ago a job that may do one event, or a second's worth of them, would have begun.
  private static Duration restOf(double rate) {
    return Duration.ofNanos((long) (Math.max(1 / rate, seconds(LONGEST_REST)) * 1e9));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /// Forgets jobs that do not run any more.
  void keepOnly(List<BulkJob> running) {
    marks.keySet().retainAll(running.stream().map(job -> job.plan().id()).toList());
  }
}
