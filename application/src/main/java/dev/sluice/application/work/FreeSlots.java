package dev.sluice.application.work;

import dev.sluice.domain.port.Claim;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Slots that were taken for attempts that are to begin.
///
/// @param handlers those of [SlotPool#HANDLERS]
/// @param receivers those of [SlotPool#RECEIVERS]
record FreeSlots(int handlers, int receivers) {

  static final FreeSlots NONE = new FreeSlots(0, 0);

  int total() {
    return handlers + receivers;
  }

  /// Returns the pools that have a free slot.
  Set<SlotPool> pools() {
    Set<SlotPool> pools = EnumSet.noneOf(SlotPool.class);
    for (SlotPool pool : SlotPool.values()) {
      if (of(pool) > 0) {
        pools.add(pool);
      }
    }
    return pools;
  }

  int of(SlotPool pool) {
    return switch (pool) {
      case HANDLERS -> handlers;
      case RECEIVERS -> receivers;
    };
  }

  /// Returns those of one pool.
  FreeSlots only(SlotPool pool) {
    return switch (pool) {
      case HANDLERS -> new FreeSlots(handlers, 0);
      case RECEIVERS -> new FreeSlots(0, receivers);
    };
  }

  /// Returns the slots that claimed deliveries need; of each pool no more than there are.
  FreeSlots neededFor(List<Claim> claims, Function<Claim, SlotPool> pools) {
    int receiving =
        (int) claims.stream().filter(one -> pools.apply(one) == SlotPool.RECEIVERS).count();
    return new FreeSlots(
        Math.min(handlers, claims.size() - receiving), Math.min(receivers, receiving));
  }

  FreeSlots minus(FreeSlots used) {
    return new FreeSlots(handlers - used.handlers, receivers - used.receivers);
  }
}
