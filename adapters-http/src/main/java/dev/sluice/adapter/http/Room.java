package dev.sluice.adapter.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Memory for what requests hold, all of them together. A request takes room as what it holds
/// grows, never for what it only announces.
public final class Room {

  /// So much of each request is not counted: there are no more of them than connections.
  public static final int FREE = 16 * 1024;

  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final int KIB = 1024;

  /// In KiB.
  private final Semaphore kibibytes;

  public Room(long bytes) {
    kibibytes = new Semaphore(Math.clamp(bytes / KIB, 1, Integer.MAX_VALUE));
  }

  /// The share of a request that holds nothing yet.
  public Share share() {
    return new Share();
  }

  /// Room that is left, in KiB.
  int left() {
    return kibibytes.availablePermits();
  }

  public static ProblemException overloaded() {
    return new ProblemException(
        Problem.later(
            ProblemCode.OVERLOADED, "too many large requests at once; send this one again", WAIT));
  }

  /// What one request has taken. Used by one thread.
  public final class Share implements AutoCloseable {

    private int taken;
    private int base;

    /// Takes room for what the request holds beside all else, until its end.
    ///
    /// @throws ProblemException when there is none
    void reserve(int bytes) {
      base = bytes / KIB;
      hold(0);
    }

    /// Takes room for `bytes` in all, if there is as much.
    public boolean tryHold(long bytes) {
      long counted = bytes <= FREE ? 0 : bytes / KIB + 1;
      int wanted = (int) Math.min(Integer.MAX_VALUE, counted + base);
      if (wanted > taken && !kibibytes.tryAcquire(wanted - taken)) {
        return false;
      }
      if (wanted < taken) {
        kibibytes.release(taken - wanted);
      }
      taken = wanted;
      return true;
    }

    /// Takes room for `bytes` in all.
    ///
    /// @throws ProblemException when there is none
    public void hold(long bytes) {
      if (!tryHold(bytes)) {
        throw overloaded();
      }
    }

    /// Gives everything back.
    @Override
    public void close() {
      kibibytes.release(taken);
      taken = 0;
    }
  }
}
