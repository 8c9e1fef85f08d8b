package dev.sluice.application.intake;

import dev.sluice.application.intake.IngestResult.Reason;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PayloadEquality;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.port.TransitionListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// Takes drafts in: admits, routes, stores, and tells duplicates from conflicts.
public final class Intake implements IngestEvents {

  private static final Duration WAIT_WHILE_DRAINING = Duration.ofSeconds(5);

  /// Only retention or a new subscription makes room.
  private static final IngestResult UNROUTED_FULL =
      new IngestResult.Refused(Reason.UNROUTED_FULL, Duration.ofMinutes(1));

  private final EventStore store;
  private final Router router;
  private final AdmissionControl admission;
  private final PayloadEquality equality;
  private final TransitionListener listener;
  private final InstantSource clock;
  private final Supplier<EventId> ids;

  /// @param outside what the intake needs from outside
  /// @param admission guards the backlog
  /// @param listener is told of each accepted event
  public Intake(Outside outside, AdmissionControl admission, TransitionListener listener) {
    this.store = outside.store();
    this.router = new Router(outside.subscriptions());
    this.equality = outside.equality();
    this.clock = outside.clock();
    this.ids = outside.ids();
    this.admission = admission;
    this.listener = listener;
  }

  /// What the intake needs from outside.
  ///
  /// @param store keeps the events
  /// @param subscriptions who wants which events
  /// @param equality compares payloads when an id comes again
  /// @param clock the time of receipt
  /// @param ids makes ids for events that came without, each one new and in rising order
  public record Outside(
      EventStore store,
      SubscriptionStore subscriptions,
      PayloadEquality equality,
      InstantSource clock,
      Supplier<EventId> ids) {}

  /// The times of events that came together. They share the two objects: a million kept events
  /// would otherwise keep a million equal ones.
  private record Receipt(Instant receivedAt, Instant occurredAt) {
    static Receipt at(Instant now) {
      return new Receipt(now, now.truncatedTo(ChronoUnit.MILLIS));
    }
  }

  @Override
  public List<IngestResult> ingest(List<EventDraft> drafts) {
    if (admission.isClosed()) {
      return refuseAll(drafts.size(), Reason.DRAINING, WAIT_WHILE_DRAINING);
    }
    Receipt receipt = Receipt.at(clock.instant());
    var admitted = new ArrayList<NewEvent>(drafts.size());
    var unrouted = new ArrayList<Integer>();
    int deliveries = 0;
    int place = 0;
    for (; place < drafts.size(); place++) {
      Event event = toEvent(drafts.get(place), receipt);
      var newEvent = new NewEvent(event, router.routesFor(event.type()));
      if (newEvent.subscriptions().isEmpty() && !admission.hasRoomForUnrouted()) {
        unrouted.add(place);
        continue;
      }
      if (!admission.admit(newEvent.subscriptions().size())) {
        break;
      }
      deliveries += newEvent.subscriptions().size();
      admitted.add(newEvent);
    }
    List<IngestResult> results = resultsOf(admitted, append(admitted, deliveries));
    if (place < drafts.size()) {
      results.addAll(refused(drafts.subList(place, drafts.size()), refusal(), receipt));
    }
    for (int index : unrouted) {
      results.addAll(index, refused(List.of(drafts.get(index)), UNROUTED_FULL, receipt));
    }
    return results;
  }

  private IngestResult refusal() {
    return admission.isClosed()
        ? new IngestResult.Refused(Reason.DRAINING, WAIT_WHILE_DRAINING)
        : new IngestResult.Refused(Reason.BACKLOG_FULL, admission.retryAfter());
  }

  private Event toEvent(EventDraft draft, Receipt receipt) {
    return new Event(
        draft.id().orElseGet(ids),
        draft.type(),
        draft.occurredAt().orElse(receipt.occurredAt()),
        receipt.receivedAt(),
        draft.payload(),
        draft.attributes());
  }

  private List<AppendResult> append(List<NewEvent> events, int deliveries) {
    if (events.isEmpty()) {
      return List.of();
    }
    int stored = deliveries;
    try {
      List<AppendResult> results = store.append(events);
      stored = storedDeliveries(results);
      return results;
    } finally {
      // After a failed append the room stays taken until the next correction: the events may have
      // been stored.
      admission.decided(deliveries, stored);
    }
  }

  private static int storedDeliveries(List<AppendResult> results) {
    int stored = 0;
    for (AppendResult result : results) {
      if (result instanceof AppendResult.Stored(EventSummary event)) {
        stored += event.deliveries().size();
      }
    }
    return stored;
  }

  private List<IngestResult> resultsOf(List<NewEvent> events, List<AppendResult> appended) {
    var results = new ArrayList<IngestResult>(appended.size());
    for (int index = 0; index < appended.size(); index++) {
      results.add(resultOf(events.get(index).event(), appended.get(index)));
    }
    return results;
  }

  /// There is no room for these. But a producer that sends an event again must learn that it is
  /// safe, also while nothing new is let in.
  private List<IngestResult> refused(
      List<EventDraft> drafts, IngestResult refusal, Receipt receipt) {
    return drafts.stream()
        .map(
            draft ->
                draft
                    .id()
                    .flatMap(store::find)
                    .map(stored -> repeated(toEvent(draft, receipt), stored.summary()))
                    .orElse(refusal))
        .toList();
  }

  private IngestResult resultOf(Event event, AppendResult appended) {
    return switch (appended) {
      case AppendResult.Stored(EventSummary stored) -> {
        listener.onTransition(new Transition.Accepted(stored));
        yield new IngestResult.Accepted(stored);
      }
      case AppendResult.Duplicate(EventSummary existing) -> repeated(event, existing);
      case AppendResult.Full() ->
          new IngestResult.Refused(Reason.STORE_FULL, admission.retryAfter());
    };
  }

  private IngestResult repeated(Event event, EventSummary existing) {
    return isSameContent(event, existing.event())
        ? new IngestResult.Duplicate(existing)
        : new IngestResult.Conflict(existing);
  }

  private boolean isSameContent(Event event, Event existing) {
    return event.type().equals(existing.type())
        && event.attributes().source().equals(existing.attributes().source())
        && equality.isSameValue(event.payload(), existing.payload());
  }

  private static List<IngestResult> refuseAll(int count, Reason reason, Duration retryAfter) {
    var refused = new IngestResult[count];
    Arrays.fill(refused, new IngestResult.Refused(reason, retryAfter));
    return List.of(refused);
  }
}
