package dev.sluice.application.operate;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Reads events, and reschedules, replays, cancels and discards single ones.
public final class Operations implements BrowseEvents, ControlEvents {

  private final Storage storage;
  private final IngestEvents intake;
  private final TransitionListener listener;
  private final TimeSource clock;
  private final RecentGroups groups;

  /// @param intake stores edited events
  public Operations(
      Storage storage, IngestEvents intake, TransitionListener listener, TimeSource clock) {
    this.storage = storage;
    this.intake = intake;
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
  public List<RecentAttempt> newestAttempts(
      SubscriptionName subscription, Optional<StatusClass> status, int limit) {
    return storage.events().newestAttempts(subscription, status, limit);
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
  public ControlResult reschedule(EventId id, Instant deliverAt) {
    return storage.control().reschedule(id, deliverAt);
  }

  @Override
  public ControlResult replay(EventId id, ReplayScope scope, LanePlace place) {
    return announced(
        storage.control().replay(id, scope, place),
        (event, subscription) ->
            new Transition.Replayed(
                event.id(), event.type(), event.attributes().key(), subscription));
  }

  @Override
  public Optional<EditedReplay> replayEdited(EventId id, Payload payload) {
    return storage
        .events()
        .find(id)
        .map(found -> found.summary().event())
        .map(
            event ->
                new EditedReplay(event, intake.ingest(List.of(edited(event, payload))).getFirst()));
  }

  private static EventDraft edited(Event event, Payload payload) {
    return new EventDraft(
        Optional.empty(),
        event.type(),
        Optional.of(event.occurredAt()),
        payload,
        event.attributes().withoutTimes().with(Attributes.REPLAY_OF, event.id().value()));
  }

  @Override
  public ControlResult cancel(EventId id, Set<SubscriptionName> subscriptions) {
    return announced(
        storage.control().cancel(id, subscriptions),
        (event, subscription) ->
            new Transition.Cancelled(
                event.id(), event.type(), event.attributes().key(), subscription, clock.instant()));
  }

  @Override
  public ControlResult discard(EventId id, Set<SubscriptionName> subscriptions) {
    return announced(
        storage.control().discard(id, subscriptions),
        (event, subscription) ->
            new Transition.Discarded(
                event.id(), event.type(), event.attributes().key(), subscription, clock.instant()));
  }

  private ControlResult announced(
      ControlResult result, BiFunction<Event, SubscriptionName, Transition> transition) {
    if (result instanceof ControlResult.Changed(EventSummary summary, var subscriptions)) {
      for (SubscriptionName subscription : subscriptions) {
        listener.onTransition(transition.apply(summary.event(), subscription));
      }
    }
    return result;
  }

  @Override
  public List<ErrorGroup> errorGroups(int limit) {
    return groups.largest(limit);
  }
}
