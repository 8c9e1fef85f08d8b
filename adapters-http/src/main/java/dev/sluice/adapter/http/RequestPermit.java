package dev.sluice.adapter.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The permit of a connection's current request. A small request needs none. A large one works only
/// with a permit, and releases it while it waits for its client.
///
/// Used by the connection's thread alone, except for [#runApart].
public final class RequestPermit {

  /// A request counts as large once more bytes than this have arrived. A thousand small events are
  /// less.
  static final int LARGE = 192 * 1024;

  /// A large request yields its processor after this many bytes.
  private static final int BYTES_BETWEEN_YIELDS = 64 * 1024;

  private final Permits permits;
  private long arrived;
  private long sinceYield;
  private boolean isAcquired;

  /// @param permits shared by all large requests
  public RequestPermit(Permits permits) {
    this.permits = permits;
  }

  /// Returns a permit that is not shared with other requests.
  public static RequestPermit unshared() {
    return new RequestPermit(new Permits(1));
  }

  /// Starts counting for the next request.
  public void begin() {
    arrived = 0;
    sinceYield = 0;
  }

  /// Counts received bytes that are about to be processed, and acquires a permit for a large
  /// request.
  @SuppressWarnings("ThreadPriorityCheck") // Only fairness depends on it.
  public void arrived(int bytes) {
    arrived += bytes;
    if (arrived <= LARGE) {
      return;
    }
    isAcquired = isAcquired || permits.acquire();
    sinceYield += bytes;
    if (sinceYield >= BYTES_BETWEEN_YIELDS) {
      sinceYield = 0;
      Thread.yield();
    }
  }

  /// Releases the permit while the request waits for its client to send more or to read the
  /// response.
  public void release() {
    if (isAcquired) {
      isAcquired = false;
      permits.release();
    }
  }

  /// Releases the permit and sleeps.
  public void rest(Duration time) {
    release();
    LockSupport.parkNanos(time.toNanos());
  }

  /// Runs work of the request on another thread, with a permit of its own.
  public void runApart(Runnable work) {
    boolean isOwn = permits.acquire();
    try {
      work.run();
    } finally {
      if (isOwn) {
        permits.release();
      }
    }
  }
}
