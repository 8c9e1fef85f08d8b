package dev.sluice.application;

import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Finds out whether the storage answers. One caller at a time asks it; the others wait for that
/// answer, though not for long, and it is good for half a second: otherwise a flood of probes, or
/// of callers who need no key, would be a flood of queries.
final class StorageProbe {

  private static final System.Logger LOG = System.getLogger(StorageProbe.class.getName());
  private static final Duration GOOD_FOR = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Runnable question;
  private final TimeSource time;
  private final FailureLog failures;
  private final ReentrantLock asking = new ReentrantLock();

  /// Written under the lock.
  private volatile Answer latest;

  /// @param question throws when the storage does not answer
  StorageProbe(Runnable question, TimeSource time) {
    this.question = question;
    this.time = time;
    this.failures = new FailureLog(LOG, time);
    this.latest = new Answer(false, TimeLimit.of(time, Duration.ZERO));
  }

  private record Answer(boolean isThere, TimeLimit goodFor) {}

  /// Whether the storage answers. A caller who has to wait for too long takes that for a no.
  boolean answers() {
    Answer known = latest;
    if (!known.goodFor().isOver()) {
      return known.isThere();
    }
    try {
      if (!asking.tryLock(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      return answersAfter(latest);
    } finally {
      asking.unlock();
    }
  }

  private boolean answersAfter(Answer known) {
    if (!known.goodFor().isOver()) {
      return known.isThere();
    }
    boolean isThere = ask();
    // From when it came, not from when it was asked for: a slow answer is as good as a quick one.
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
