package dev.sluice.application.operate;

import dev.sluice.domain.port.BulkJob;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// How fast bulk jobs go: as fast as their operators say, or else at a twentieth of the rate at
/// which deliveries are worked off (a replay costs several times what a new event does), so that
/// live work keeps most of the service, and not slower than [#SLOWEST] as long as little waits, so
/// that an idle service does not idle.
public final class BulkPace {

  private static final double SLOWEST = 1_800;
  private static final double SHARE = 0.05;

  /// So much is soon worked off; behind more than that live work would wait.
  private static final long LITTLE = 4_000;

  /// Fewer and larger steps are cheaper: what lies together is written together.
  private static final Duration BETWEEN_STEPS = Duration.ofMillis(250);

  /// What could not be done for a while is not made up for.
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  private final DoubleSupplier drainPerSecond;
  private final LongSupplier backlog;
  private final AtomicBoolean isWoken = new AtomicBoolean();

  /// Used by one thread.
  private final Map<String, Mark> snapshots = new HashMap<>();

  /// @param drainPerSecond how many deliveries come to an end per second at present
  /// @param backlog how many are unfinished
  public BulkPace(DoubleSupplier drainPerSecond, LongSupplier backlog) {
    this.drainPerSecond = drainPerSecond;
    this.backlog = backlog;
  }

  /// How far a job was when it was last looked at, and how many events it might have done more.
  /// Progress is what the storage says, so that nodes that share a job share its rate.
  private record Mark(long at, long progress, double credit) {}

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
  ///
  /// @param now monotonic, in nanoseconds
  int allowed(BulkJob job, long now, int most) {
    double rate = perSecond(job.ratePerSecond());
    long progress = job.done() + job.skipped();
    Mark last = snapshots.getOrDefault(job.plan().id(), new Mark(now, progress, 0));
    double passed = (now - last.at()) / 1e9;
    double limit = Math.max(1, rate * seconds(LONGEST_REST));
    double credit = last.credit() + rate * passed - (progress - last.progress());
    snapshots.put(job.plan().id(), new Mark(now, progress, Math.clamp(credit, -limit, limit)));
    double worthAStep = Math.max(1, Math.min(most, rate * seconds(BETWEEN_STEPS)));
    return credit < worthAStep ? 0 : (int) Math.min(Math.floor(credit), Math.min(most, limit));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /// Forgets jobs that do not run any more.
  void keepOnly(List<BulkJob> running) {
    snapshots.keySet().retainAll(running.stream().map(job -> job.plan().id()).toList());
  }
}
