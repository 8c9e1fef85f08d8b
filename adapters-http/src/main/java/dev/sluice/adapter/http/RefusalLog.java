package dev.sluice.adapter.http;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Tells the log of refused requests, once a second at most, so that nobody can fill the disk with
/// wrong keys.
final class RefusalLog {

  private static final System.Logger LOG = System.getLogger(RefusalLog.class.getName());
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoTime;
  private final AtomicLong nextAt;
  private final AtomicLong left = new AtomicLong();

  RefusalLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.nextAt = new AtomicLong(nanoTime.getAsLong());
  }

  /// @param reason what is wrong with the key
  /// @param keyId which key it is, when there is one with this id
  void refused(String reason, Optional<String> keyId, String address) {
    long now = nanoTime.getAsLong();
    long due = nextAt.get();
    if (now - due < 0 || !nextAt.compareAndSet(due, now + PAUSE)) {
      left.incrementAndGet();
      return;
    }
    long others = left.getAndSet(0);
    LOG.log(
        Level.WARNING,
        "refused a request from "
            + address
            + ", key "
            + keyId.map(id -> id + " ").orElse("")
            + reason
            + (others > 0 ? "; " + others + " more were not logged" : ""));
  }
}
