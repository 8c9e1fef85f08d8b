package dev.sluice.adapter.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The permit of a connection's current request. A small request needs none. A large one works only
/// with a permit, and releases it while it waits for its client.
///
/// Used by the connection's thread alone, except for [#runApart].
public final class RequestPermit {

  /// A request is large once more than this has arrived. A thousand small events are less.
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

  /// The permit of a request that shares none with others.
  public static RequestPermit unshared() {
    return new RequestPermit(new Permits(1));
  }

  /// Another request begins to arrive.
  public void begin() {
    arrived = 0;
    sinceYield = 0;
  }

  /// More of the request has arrived and is about to be processed.
  @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on it but fairness.
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

  /// The request waits for its client, to send more or to read the answer.
  public void release() {
    if (isAcquired) {
      isAcquired = false;
      permits.release();
    }
  }

  /// Leaves the processor to others for a while.
  public void rest(Duration time) {
    release();
    LockSupport.parkNanos(time.toNanos());
  }

  /// Does work of the request on another thread, with a permit of its own.
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
