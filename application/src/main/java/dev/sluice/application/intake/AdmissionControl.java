package dev.sluice.application.intake;

import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.TransitionListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/// Limits how many deliveries may be unfinished at once.
///
/// Counts in memory, from admissions and transitions, so that no request queries the storage.
/// [#correct] accounts for what other nodes do.
public final class AdmissionControl implements TransitionListener {

  private static final long SHORTEST_WAIT_SECONDS = 1;
  private static final long LONGEST_WAIT_SECONDS = 60;

  /// A refused producer retries when this part of the limit has been processed.
  private static final double ROOM_TO_WAIT_FOR = 0.01;

  private final long maxBacklog;
  private final DoubleSupplier drainPerSecond;
  private final AtomicLong unfinished = new AtomicLong();

  /// Stored events that no subscription matches. Nothing processes them, so without a limit they
  /// could fill the disk.
  private final AtomicLong unrouted = new AtomicLong();

  private final AtomicLong undecided = new AtomicLong();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /// @param maxBacklog maximum number of unfinished deliveries, and separately of unrouted events
  /// @param drainPerSecond deliveries that finish per second at present
  public AdmissionControl(long maxBacklog, DoubleSupplier drainPerSecond) {
    this.maxBacklog = maxBacklog;
    this.drainPerSecond = drainPerSecond;
  }

  /// Reserves room for `deliveries`, which [#decided] releases or keeps.
  ///
  /// @return false, with nothing reserved, when there is not enough
  boolean admit(int deliveries) {
    undecided.addAndGet(deliveries);
    boolean hasRoom = unfinished.addAndGet(deliveries) <= maxBacklog || deliveries == 0;
    // Checked after the count was raised: a thread that closes waits for that count, so nothing
    // slips through in between.
    if (hasRoom && !isClosed.get()) {
      return true;
    }
    decided(deliveries, 0);
    return false;
  }

  /// Whether one more event without a matching subscription may be stored.
  boolean hasRoomForUnrouted() {
    return unrouted.get() < maxBacklog;
  }

  /// Sets the number of unrouted events to the storage's count.
  public void correctUnrouted(long stored) {
    unrouted.set(stored);
  }

  /// Ends a reservation: of `admitted` deliveries `stored` were stored; the room of the others is
  /// released.
  void decided(int admitted, int stored) {
    undecided.addAndGet(-admitted);
    unfinished.addAndGet(stored - admitted);
  }

  /// Refuses everything from now on. Deliveries admitted before may still be on their way to the
  /// storage; see [#isSettled].
  public void close() {
    isClosed.set(true);
  }

  /// Whether no admitted delivery is still being stored.
  public boolean isSettled() {
    return undecided.get() == 0;
  }

  /// Whether [#close] was called.
  public boolean isClosed() {
    return isClosed.get();
  }

  /// The time until there should be room again, at the rate at which deliveries finish.
  public Duration retryAfter() {
    double rate = drainPerSecond.getAsDouble();
    double seconds =
        rate > 0 ? Math.ceil(maxBacklog * ROOM_TO_WAIT_FOR / rate) : LONGEST_WAIT_SECONDS;
    return Duration.ofSeconds(
        Math.clamp((long) seconds, SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS));
  }

  /// Unfinished deliveries, as counted by this node.
  public long backlog() {
    return unfinished.get();
  }

  /// The backlog as a fraction of its limit, from 0 to 1.
  public double fullness() {
    return Math.clamp((double) unfinished.get() / maxBacklog, 0.0, 1.0);
  }

  /// Corrects the count with that of the storage.
  ///
  /// Adds the difference instead of setting the value, so that concurrent admissions are not lost.
  /// Deliveries that are being stored may be counted twice until the next correction: it errs
  /// towards refusing.
  ///
  /// @param known [#known] as it was before the storage was queried
  /// @param stored unfinished deliveries in the storage
  public void correct(long known, long stored) {
    unfinished.addAndGet(stored - known);
  }

  /// Unfinished deliveries that the storage should have: all but those that are being stored.
  public long known() {
    return unfinished.get() - undecided.get();
  }

  @Override
  public void onTransition(Transition transition) {
    switch (transition) {
      case Transition.Settled settled -> {
        if (endsDelivery(settled.resolution())) {
          unfinished.decrementAndGet();
        }
      }
      case Transition.Replayed _, Transition.Backfilled _ -> unfinished.incrementAndGet();
      case Transition.Cancelled _ -> unfinished.decrementAndGet();
      case Transition.Accepted accepted -> {
        if (accepted.event().deliveries().isEmpty()) {
          unrouted.incrementAndGet();
        }
      }
      case Transition.Claimed _, Transition.Discarded _, Transition.LeaseLost _ -> {
        // Deliveries are counted when admitted; a claim finishes none, dead letters are not part of
        // the backlog, and a lost lease changes no delivery.
      }
    }
  }

  private static boolean endsDelivery(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Complete _, Resolution.DeadLetter _, Resolution.Expire _ -> true;
      case Resolution.Retry _, Resolution.HandBack _ -> false;
    };
  }
}
