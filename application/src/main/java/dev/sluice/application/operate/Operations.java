package dev.sluice.application.operate;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.StatusCounts;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.time.TimeSource;
import java.util.List;
import java.util.Optional;

/// What operators see and do.
public final class Operations implements BrowseEvents, ControlEvents {

  private final Storage storage;
  private final TransitionListener listener;
  private final TimeSource clock;
  private final RecentGroups groups;

  public Operations(Storage storage, TransitionListener listener, TimeSource clock) {
    this.storage = storage;
    this.listener = listener;
    this.clock = clock;
    this.groups = new RecentGroups(storage.deadLetters(), clock);
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
    if (result instanceof ControlResult.Changed(EventSummary summary, int deliveries)) {
      Event event = summary.event();
      listener.onTransition(
          new Transition.Replayed(event.id(), event.type(), event.attributes().key(), deliveries));
    }
    return result;
  }

  @Override
  public ControlResult cancel(EventId id) {
    ControlResult result = storage.control().cancel(id);
    if (result instanceof ControlResult.Changed(EventSummary summary, int deliveries)) {
      Event event = summary.event();
      listener.onTransition(
          new Transition.Cancelled(
              event.id(), event.type(), event.attributes().key(), deliveries, clock.instant()));
    }
    return result;
  }

  @Override
  public ControlResult discard(EventId id) {
    ControlResult result = storage.control().discard(id);
    if (result instanceof ControlResult.Changed(EventSummary summary, int deliveries)) {
      Event event = summary.event();
      listener.onTransition(
          new Transition.Discarded(
              event.id(), event.type(), event.attributes().key(), deliveries, clock.instant()));
    }
    return result;
  }

  @Override
  public List<ErrorGroup> errorGroups(int limit) {
    return groups.largest(limit);
  }
}
