package dev.sluice.application;

import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Checks whether the storage answers. One caller at a time queries it; the others wait for the
/// result, up to a second. A result is valid for half a second: otherwise a flood of probes, or of
/// callers without a key, would be a flood of queries.
final class StorageProbe {

  private static final System.Logger LOG = System.getLogger(StorageProbe.class.getName());
  private static final Duration GOOD_FOR = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Runnable question;
  private final TimeSource time;
  private final FailureLog failures;
  private final ReentrantLock asking = new ReentrantLock();

  /// Written under `asking`.
  private volatile Answer latest;

  /// @param question query that throws when the storage does not answer
  StorageProbe(Runnable question, TimeSource time) {
    this.question = question;
    this.time = time;
    this.failures = new FailureLog(LOG, time);
    this.latest = new Answer(false, TimeLimit.of(time, Duration.ZERO));
  }

  private record Answer(boolean isThere, TimeLimit goodFor) {}

  /// Whether the storage answers; false for a caller that waits too long for the result.
  boolean answers() {
    Answer known = latest;
    if (!known.goodFor().isOver()) {
      return known.isThere();
    }
    if (!tryToLock()) {
      return false;
    }
    try {
      return answersAfter(latest);
    } finally {
      asking.unlock();
    }
  }

  private boolean tryToLock() {
    try {
      return asking.tryLock(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean answersAfter(Answer known) {
    if (!known.goodFor().isOver()) {
      return known.isThere();
    }
    boolean isThere = ask();
    // Valid from when the answer came, not from when it was requested: a slow answer is as good as
    // a quick one.
    latest = new Answer(isThere, TimeLimit.of(time, GOOD_FOR));
    return isThere;
  }

  private boolean ask() {
    try {
      question.run();
      return true;
    } catch (RuntimeException e) {
      failures.expected("the storage does not answer", e);
      return false;
    }
  }
}
