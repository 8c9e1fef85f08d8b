package dev.sluice.adapter.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Limits the memory that all requests hold together. A request reserves memory as its content
/// grows, never for what it only announces.
public final class Room {

  /// This much of each request is not counted: their number is limited by that of connections.
  public static final int FREE = 16 * 1024;

  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final int KIB = 1024;

  /// Free memory, in KiB.
  private final Semaphore kibibytes;

  public Room(long bytes) {
    kibibytes = new Semaphore(Math.clamp(bytes / KIB, 1, Integer.MAX_VALUE));
  }

  /// Returns the empty share of a new request.
  public Share share() {
    return new Share();
  }

  /// Returns the free memory, in KiB.
  int left() {
    return kibibytes.availablePermits();
  }

  public static ProblemException overloaded() {
    return new ProblemException(
        Problem.later(
            ProblemCode.OVERLOADED, "Resend after Retry-After: too many large requests.", WAIT));
  }

  /// The memory that one request has reserved. Used by one thread.
  public final class Share implements AutoCloseable {

    private int taken;
    private int base;

    /// Reserves memory that the request holds until its end, in addition to everything else.
    ///
    /// @throws ProblemException when too little memory is free
    void reserve(int bytes) {
      base = bytes / KIB;
      hold(0);
    }

    /// Changes the reservation to `bytes` in total, if that much is free.
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

    /// Changes the reservation to `bytes` in total.
    ///
    /// @throws ProblemException when too little memory is free
    public void hold(long bytes) {
      if (!tryHold(bytes)) {
        throw overloaded();
      }
    }

    /// Releases everything.
    @Override
    public void close() {
      kibibytes.release(taken);
      taken = 0;
    }
  }
}
