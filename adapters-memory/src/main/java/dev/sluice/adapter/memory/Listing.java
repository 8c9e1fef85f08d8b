package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Reads pages of events through the index that leaves the fewest events to check.
///
/// An index alone answers every single filter, and status together with time. For other
/// combinations the most selective index yields candidates and each is checked; the lock is
/// released after [#LOOKS_PER_TURN] of them, so that even a combination that matches almost nothing
/// does not block other callers.
///
/// @param <T> the items of a page
final class Listing<T> {

  private static final int LOOKS_PER_TURN = 4_096;

  /// A page ends after this many turns when its filter checks more than the indexes contain.
  private static final int FEW_TURNS = 5;

  private final Ledger ledger;
  private final EventFilter filter;
  private final Function<StoredEvent, T> take;
  private final Set<EventStatus> statuses;
  private final int statusBits;
  private final int turns;
  private final List<T> items = new ArrayList<>();
  private long lastTaken;
  private long characters;

  /// @param take makes an item of an event that passes the filter, under the lock
  public Listing(Ledger ledger, EventFilter filter, Function<StoredEvent, T> take) {
    this.ledger = ledger;
    this.filter = filter;
    this.take = take;
    this.statuses =
        filter.statuses().isEmpty()
            ? EnumSet.allOf(EventStatus.class)
            : EnumSet.copyOf(filter.statuses());
    this.statusBits = StatusBits.of(statuses);
    this.turns =
        filter.asksForMoreThanStatus() || !filter.text().isEmpty() ? FEW_TURNS : Integer.MAX_VALUE;
  }

  Page<T> page(PageRequest request) {
    return page(request.after(), request.limit());
  }

  /// Reads a page of any length.
  Page<T> page(Cursor after, int limit) {
    long position = after.position();
    for (int turn = 0; position > 0 && turn < turns; turn++) {
      long from = position;
      position = ledger.locked(() -> readTurn(from, limit));
    }
    // A negative position means that the page is full; its absolute value is where the page ended.
    return new Page<>(items, new Cursor(Math.abs(position)));
  }

  /// @return where to continue; 0 when nothing is left; negative when the page is full and
  ///   something is left
  private long readTurn(long from, int limit) {
    long position = from;
    for (int looks = 0; looks < LOOKS_PER_TURN; looks++) {
      position = nextCandidate(position);
      if (position == 0) {
        return 0;
      }
      StoredEvent stored = ledger.timeline.get(position);
      if (stored == null || !isChosen(stored)) {
        position =
            ledger.timeline.skip(position, statuses, filter.occurredFrom(), filter.occurredTo());
      } else if (items.size() == limit || characters >= PageRequest.MAX_CHARACTERS) {
        return -lastTaken;
      } else {
        takeIn(stored);
      }
    }
    return position;
  }

  private boolean isChosen(StoredEvent stored) {
    return (stored.indexedBits & statusBits) != 0
        && filter.acceptsEvent(stored.event)
        && (!filter.asksForMoreThanStatus()
            || filter.acceptsDeliveries(stored.summary().deliveries()))
        && (filter.text().isEmpty() || stored.event.payload().json().contains(filter.text()));
  }

  private void takeIn(StoredEvent stored) {
    items.add(take.apply(stored));
    lastTaken = stored.sequence;
    characters += stored.event.length();
  }

  private long nextCandidate(long below) {
    if (!filter.keys().isEmpty()) {
      return ledger.byKey.below(below, filter.keys());
    }
    if (!filter.types().isEmpty() && ledger.byType.count(filter.types()) <= countOfStatuses()) {
      return ledger.byType.below(below, filter.types());
    }
    Instant from = filter.occurredFrom();
    return ledger.timeline.below(below, statuses, from, filter.occurredTo());
  }

  private long countOfStatuses() {
    long count = 0;
    for (EventStatus status : statuses) {
      count += ledger.timeline.countListed(status);
    }
    return count;
  }
}
