package dev.sluice.application.intake;

import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.TransitionListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/// Lets no more deliveries in than the service may have unfinished at once.
///
/// It counts by itself, from what it admits and what it is told, so that no request asks the
/// storage. What other nodes do is made up for by [#correct].
public final class AdmissionControl implements TransitionListener {

  private static final long SHORTEST_WAIT_SECONDS = 1;
  private static final long LONGEST_WAIT_SECONDS = 60;

  /// A producer that was turned away comes back when this part of the limit has been worked off.
  private static final double ROOM_TO_WAIT_FOR = 0.01;

  private final long maxBacklog;
  private final DoubleSupplier drainPerSecond;
  private final AtomicLong unfinished = new AtomicLong();

  /// Events that are kept although nobody subscribes to them. Nothing works them off, so without a
  /// bound they could fill the disk.
  private final AtomicLong unrouted = new AtomicLong();

  private final AtomicLong undecided = new AtomicLong();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /// @param maxBacklog most unfinished deliveries, and most unrouted events beside them
  /// @param drainPerSecond how many deliveries come to an end per second at present
  public AdmissionControl(long maxBacklog, DoubleSupplier drainPerSecond) {
    this.maxBacklog = maxBacklog;
    this.drainPerSecond = drainPerSecond;
  }

  /// Takes room for `deliveries`, which [#decided] gives back or keeps.
  ///
  /// @return false, with nothing taken, when there is not enough
  boolean admit(int deliveries) {
    undecided.addAndGet(deliveries);
    boolean hasRoom = unfinished.addAndGet(deliveries) <= maxBacklog || deliveries == 0;
    // Asked after the count was raised: whoever closes waits for that count, so nobody slips
    // through in between.
    if (hasRoom && !isClosed.get()) {
      return true;
    }
    decided(deliveries, 0);
    return false;
  }

  /// Whether one more event may be kept that nobody subscribes to.
  boolean hasRoomForUnrouted() {
    return unrouted.get() < maxBacklog;
  }

  /// Sets the number of unrouted events to what the storage says.
  public void correctUnrouted(long stored) {
    unrouted.set(stored);
  }

  /// Of `admitted` deliveries so many were `stored`; the others' room is free again.
  void decided(int admitted, int stored) {
    undecided.addAndGet(-admitted);
    unfinished.addAndGet(stored - admitted);
  }

  /// From now on nothing is admitted. What was admitted before may still be on its way to the
  /// storage; [#isSettled] tells.
  public void close() {
    isClosed.set(true);
  }

  /// Whether nothing that was admitted is still being stored.
  public boolean isSettled() {
    return undecided.get() == 0;
  }

  /// Whether [#close] was called.
  public boolean isClosed() {
    return isClosed.get();
  }

  /// When there should be room again, at the rate at which deliveries come to an end.
  public Duration retryAfter() {
    double rate = drainPerSecond.getAsDouble();
    double seconds =
        rate > 0 ? Math.ceil(maxBacklog * ROOM_TO_WAIT_FOR / rate) : LONGEST_WAIT_SECONDS;
    return Duration.ofSeconds(
        Math.clamp((long) seconds, SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS));
  }

  /// Unfinished deliveries, as far as this node knows.
  public long backlog() {
    return unfinished.get();
  }

  /// How full the backlog is, from 0 to 1.
  public double fullness() {
    return Math.clamp((double) unfinished.get() / maxBacklog, 0.0, 1.0);
  }

  /// Brings the count in line with the storage's.
  ///
  /// Adds the difference instead of setting the value, so that what is admitted meanwhile is not
  /// forgotten. What is being stored right now may be counted twice until the next correction: it
  /// errs towards refusing.
  ///
  /// @param known [#known] as it was before the storage was asked
  /// @param stored unfinished deliveries in the storage
  public void correct(long known, long stored) {
    unfinished.addAndGet(stored - known);
  }

  /// Unfinished deliveries that should be in the storage: all but those that are being stored.
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
      case Transition.Replayed replayed -> unfinished.addAndGet(replayed.deliveries());
      case Transition.Cancelled cancelled -> unfinished.addAndGet(-cancelled.deliveries());
      case Transition.Accepted accepted -> {
        if (accepted.event().deliveries().isEmpty()) {
          unrouted.incrementAndGet();
        }
      }
      case Transition.Claimed _, Transition.Discarded _, Transition.LeaseLost _ -> {
        // Counted when admitted; a claim ends nothing, what is dead is not part of the backlog, and
        // a
        // lost lease changes no delivery.
      }
    }
  }

  private static boolean endsDelivery(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Complete _, Resolution.DeadLetter _ -> true;
      case Resolution.Retry _, Resolution.HandBack _ -> false;
    };
  }
}
