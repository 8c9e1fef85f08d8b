package dev.sluice.application.operate;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.DeliveryControl.ReplayedEvent;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.StatusCounts;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.port.TransitionListener;
import java.time.InstantSource;
import java.util.Optional;

/// What operators see and do.
public final class Operations implements BrowseEvents, ControlEvents {

  private final Storage storage;
  private final TransitionListener listener;
  private final InstantSource clock;

  public Operations(Storage storage, TransitionListener listener, InstantSource clock) {
    this.storage = storage;
    this.listener = listener;
    this.clock = clock;
  }

  @Override
  public Optional<EventRecord> find(EventId id) {
    return storage.events().find(id);
  }

  @Override
  public Page<EventSummary> list(EventFilter filter, PageRequest page) {
    return storage.events().list(filter, page);
  }

  @Override
  public StatusCounts counts() {
    return storage.events().counts();
  }

  @Override
  public Durability durability() {
    return storage.events().durability();
  }

  @Override
  public ControlResult replay(EventId id) {
    ControlResult result = storage.control().replay(id);
    if (result instanceof ControlResult.Changed(EventSummary event, int deliveries)) {
      Event replayed = event.event();
      listener.onTransition(
          new Transition.Replayed(
              replayed.id(), replayed.type(), replayed.attributes().key(), deliveries));
    }
    return result;
  }

  @Override
  public ControlResult cancel(EventId id) {
    ControlResult result = storage.control().cancel(id);
    if (result instanceof ControlResult.Changed(EventSummary event, int deliveries)) {
      Event cancelled = event.event();
      listener.onTransition(
          new Transition.Cancelled(
              cancelled.id(),
              cancelled.type(),
              cancelled.attributes().key(),
              deliveries,
              clock.instant()));
    }
    return result;
  }

  @Override
  public BulkReplay replayDeadLetters(EventFilter filter, int limit) {
    int replayed = 0;
    Cursor cursor = Cursor.START;
    while (replayed < limit && !cursor.equals(Cursor.END)) {
      int step = Math.min(PageRequest.MAX_LIMIT, limit - replayed);
      Page<ReplayedEvent> page =
          storage.control().replayDeadLetters(filter, new PageRequest(cursor, step));
      page.items()
          .forEach(
              event ->
                  listener.onTransition(
                      new Transition.Replayed(
                          event.id(), event.type(), Optional.empty(), event.deliveries())));
      replayed += page.items().size();
      cursor = page.next();
    }
    return new BulkReplay(replayed, cursor.equals(Cursor.END));
  }
}
