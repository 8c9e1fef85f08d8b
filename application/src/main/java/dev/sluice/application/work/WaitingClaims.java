package dev.sluice.application.work;

import dev.sluice.domain.port.Claim;
import dev.sluice.domain.time.TimeLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Deliveries that were claimed ahead, for the next free slot of their pool.
final class WaitingClaims {

  private final ConcurrentLinkedQueue<ClaimedAhead> forHandlers = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<ClaimedAhead> forReceivers = new ConcurrentLinkedQueue<>();

  /// A claimed delivery that waits for a slot.
  ///
  /// @param pool whose slot it waits for
  /// @param patience how long it may wait
  record ClaimedAhead(Claim claim, SlotPool pool, TimeLimit patience, LeaseEnd leaseEnd) {}

  void add(ClaimedAhead claimed) {
    of(claimed.pool()).add(claimed);
  }

  /// Removes and returns the delivery that has waited longest for a slot of a pool.
  @Nullable ClaimedAhead poll(SlotPool pool) {
    return of(pool).poll();
  }

  /// Returns whether a delivery waits for a slot of a pool.
  boolean hasAny(SlotPool pool) {
    return !of(pool).isEmpty();
  }

  /// Removes and returns deliveries that have waited too long.
  List<ClaimedAhead> takeOverdue() {
    var overdue = new ArrayList<ClaimedAhead>();
    for (SlotPool pool : SlotPool.values()) {
      takeOverdue(of(pool), overdue);
    }
    return overdue;
  }

  private static void takeOverdue(
      ConcurrentLinkedQueue<ClaimedAhead> from, List<ClaimedAhead> overdue) {
    for (ClaimedAhead next = from.peek();
        next != null && next.patience().isOver();
        next = from.peek()) {
      // A slot may have taken it meanwhile.
      if (from.remove(next)) {
        overdue.add(next);
      }
    }
  }

  /// Removes and returns the deliveries that a condition holds for.
  List<ClaimedAhead> takeIf(Predicate<Claim> condition) {
    var taken = new ArrayList<ClaimedAhead>();
    for (SlotPool pool : SlotPool.values()) {
      for (ClaimedAhead next : of(pool)) {
        // A slot may have taken it meanwhile.
        if (condition.test(next.claim()) && of(pool).remove(next)) {
          taken.add(next);
        }
      }
    }
    return taken;
  }

  private ConcurrentLinkedQueue<ClaimedAhead> of(SlotPool pool) {
    return switch (pool) {
      case HANDLERS -> forHandlers;
      case RECEIVERS -> forReceivers;
    };
  }
}
