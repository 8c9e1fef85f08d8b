package dev.sluice.application.operate;

import dev.sluice.domain.port.BulkJob;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// The rate of bulk jobs. Operators may set it. Otherwise it is a twentieth of the rate at which
/// deliveries finish (a replay costs several times as much as a new event), so that live work keeps
/// most of the service, and at least [#SLOWEST] while the backlog is small, so that an idle service
/// is used.
public final class BulkPace {

  private static final double SLOWEST = 1_800;
  private static final double SHARE = 0.05;

  /// A backlog of this size is soon processed; behind a larger one, live work would wait.
  private static final long LITTLE = 4_000;

  /// Fewer, larger steps are cheaper: neighbouring events are written together.
  private static final Duration BETWEEN_STEPS = Duration.ofMillis(250);

  /// A job catches up on at most this much lost time.
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  private final DoubleSupplier drainPerSecond;
  private final LongSupplier backlog;
  private final AtomicBoolean isWoken = new AtomicBoolean();

  /// Used by one thread.
  private final Map<String, Mark> snapshots = new HashMap<>();

  /// @param drainPerSecond deliveries that finish per second at present
  /// @param backlog number of unfinished deliveries
  public BulkPace(DoubleSupplier drainPerSecond, LongSupplier backlog) {
    this.drainPerSecond = drainPerSecond;
    this.backlog = backlog;
  }

  /// The progress of a job at its last step, and how many more events it could have processed.
  /// Progress is what the storage says, so that nodes that share a job share its rate.
  private record Mark(long at, long progress, double credit) {}

  /// Events per second of a job that requests `wanted`; 0 lets the service choose.
  double perSecond(double wanted) {
    double least = backlog.getAsLong() < LITTLE ? SLOWEST : 1;
    return wanted > 0 ? wanted : Math.max(least, SHARE * drainPerSecond.getAsDouble());
  }

  /// Signals that a job was started.
  void wake() {
    isWoken.set(true);
  }

  /// Whether a job was started since the last call.
  boolean wasWoken() {
    return isWoken.getAndSet(false);
  }

  /// How many events of the job may be processed now.
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

  /// Forgets jobs that no longer run.
  void keepOnly(List<BulkJob> running) {
    snapshots.keySet().retainAll(running.stream().map(job -> job.plan().id()).toList());
  }
}
