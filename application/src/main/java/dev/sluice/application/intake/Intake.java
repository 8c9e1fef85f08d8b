package dev.sluice.application.intake;

import dev.sluice.application.intake.IngestResult.Reason;
import dev.sluice.application.subscription.KnownSubscriptions;
import dev.sluice.domain.access.AllowedTypes;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.ContentDigests;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.TransitionListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Ingests drafts: admits, routes and stores them, and distinguishes duplicates from conflicts.
public final class Intake implements IngestEvents {

  private static final Duration WAIT_WHILE_DRAINING = Duration.ofSeconds(5);

  /// Only retention or a new subscription makes room.
  private static final IngestResult UNROUTED_FULL =
      new IngestResult.Refused(Reason.UNROUTED_FULL, Duration.ofMinutes(1));

  /// Concurrent lookups of repeated ids while the backlog is full. Refused producers retry again
  /// and again, and must not take the storage away from the work that makes room.
  private static final int LOOKS_WHILE_FULL = 2;

  private final EventStore store;
  private final boolean storesDigests;
  private final Supplier<KnownSubscriptions> subscriptions;
  private final AdmissionControl admission;
  private final ContentComparison comparison;
  private final TransitionListener listener;
  private final InstantSource clock;
  private final Supplier<EventId> ids;
  private final Semaphore looksWhileFull = new Semaphore(LOOKS_WHILE_FULL);

  /// @param dependencies what the intake uses
  /// @param admission limits the backlog
  /// @param listener receives each accepted event
  public Intake(
      Dependencies dependencies, AdmissionControl admission, TransitionListener listener) {
    this.store = dependencies.store();
    this.storesDigests = store.storesDigests();
    this.subscriptions = dependencies.subscriptions();
    this.comparison = new ContentComparison(store, dependencies.digests());
    this.clock = dependencies.clock();
    this.ids = dependencies.ids();
    this.admission = admission;
    this.listener = listener;
  }

  /// The dependencies of the intake.
  ///
  /// @param store keeps the events
  /// @param subscriptions the subscriptions to route by; asked once for all events of a call
  /// @param digests compares contents when an id is repeated
  /// @param clock the time of receipt
  /// @param ids makes ids for events without one, unique and in ascending order
  public record Dependencies(
      EventStore store,
      Supplier<KnownSubscriptions> subscriptions,
      ContentDigests digests,
      InstantSource clock,
      Supplier<EventId> ids) {}

  /// The times of events that arrived together. They share the two objects: otherwise a million
  /// stored events would hold a million equal ones.
  private record Receipt(Instant receivedAt, Instant occurredAt) {
    static Receipt at(Instant now) {
      return new Receipt(now, now.truncatedTo(ChronoUnit.MILLIS));
    }
  }

  @Override
  public List<IngestResult> ingest(List<EventDraft> drafts, AllowedTypes allowed) {
    if (allowed.areAll()) {
      return ingestAllowed(drafts);
    }
    List<EventDraft> storable =
        drafts.stream().filter(draft -> allowed.allow(draft.type())).toList();
    Iterator<IngestResult> results = ingestAllowed(storable).iterator();
    return drafts.stream()
        .map(
            draft ->
                allowed.allow(draft.type())
                    ? results.next()
                    : new IngestResult.NotAllowed(draft.type()))
        .toList();
  }

  private List<IngestResult> ingestAllowed(List<EventDraft> drafts) {
    if (admission.isClosed()) {
      return refuseAll(drafts.size(), Reason.DRAINING, WAIT_WHILE_DRAINING);
    }
    Receipt receipt = Receipt.at(clock.instant());
    KnownSubscriptions known = subscriptions.get();
    var admitted = new ArrayList<NewEvent>(drafts.size());
    var unrouted = new ArrayList<Integer>();
    int deliveries = 0;
    int place = 0;
    for (; place < drafts.size(); place++) {
      NewEvent newEvent = toNewEvent(drafts.get(place), receipt, known);
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
    if (!unrouted.isEmpty()) {
      List<EventDraft> unwanted = unrouted.stream().map(drafts::get).toList();
      List<IngestResult> turnedAway = refused(unwanted, UNROUTED_FULL, receipt);
      for (int index = 0; index < turnedAway.size(); index++) {
        results.add(unrouted.get(index), turnedAway.get(index));
      }
    }
    return results;
  }

  private IngestResult refusal() {
    return admission.isClosed()
        ? new IngestResult.Refused(Reason.DRAINING, WAIT_WHILE_DRAINING)
        : new IngestResult.Refused(Reason.BACKLOG_FULL, admission.retryAfter());
  }

  /// Computes no digest for an id that was made here: only its first sender knows it, so it is
  /// seldom repeated.
  private NewEvent toNewEvent(EventDraft draft, Receipt receipt, KnownSubscriptions known) {
    Event event = toEvent(draft, receipt);
    Optional<ContentDigest> digest =
        draft.id().isPresent() && storesDigests
            ? Optional.of(comparison.digestOf(event))
            : Optional.empty();
    return new NewEvent(
        event, known.routesFor(event), known.version(), digest, known.delays(), known.ordered());
  }

  private Event toEvent(EventDraft draft, Receipt receipt) {
    return new Event(
        draft.id().orElseGet(ids),
        draft.type(),
        draft.occurredAt().orElse(receipt.occurredAt()),
        receipt.receivedAt(),
        draft.payload(),
        attributes(draft, receipt.receivedAt()));
  }

  /// Converts what counts from the receipt to times.
  private static Attributes attributes(EventDraft draft, Instant receivedAt) {
    Attributes given = draft.attributes();
    Attributes scheduled =
        draft.delay().map(delay -> given.withDeliverAt(receivedAt.plus(delay))).orElse(given);
    Instant begin = scheduled.deliverAt().filter(receivedAt::isBefore).orElse(receivedAt);
    return draft
        .expiresAfter()
        .map(span -> scheduled.withExpiresAt(begin.plus(span)))
        .orElse(scheduled);
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
      // After a failed append the room stays reserved until the next correction: the events may
      // have been stored.
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
    ContentComparison.Batch comparing = comparison.begin();
    for (int index = 0; index < appended.size(); index++) {
      results.add(resultOf(events.get(index), appended.get(index), comparing));
    }
    comparing.finish();
    return results;
  }

  private IngestResult resultOf(
      NewEvent event, AppendResult appended, ContentComparison.Batch comparing) {
    return switch (appended) {
      case AppendResult.Stored(EventSummary stored) -> {
        listener.onTransition(new Transition.Accepted(stored));
        yield new IngestResult.Accepted(stored);
      }
      case AppendResult.Duplicate(ExistingEvent existing) ->
          comparing.compare(event.event(), event.digest(), existing);
      case AppendResult.Full() ->
          new IngestResult.Refused(Reason.STORE_FULL, admission.retryAfter());
      case AppendResult.Contended() -> IngestResult.Refused.CONTENDED;
    };
  }

  /// Refuses drafts for lack of room. But a producer that repeats an event learns that the event is
  /// safe, even while nothing new is accepted.
  private List<IngestResult> refused(
      List<EventDraft> drafts, IngestResult refusal, Receipt receipt) {
    List<EventId> ids = drafts.stream().flatMap(draft -> draft.id().stream()).distinct().toList();
    if (ids.isEmpty() || !looksWhileFull.tryAcquire()) {
      return Collections.nCopies(drafts.size(), refusal);
    }
    try {
      return repeated(drafts, existing(ids), receipt, refusal);
    } catch (PortException e) {
      // Refused drafts need nothing from a storage that does not answer.
      return Collections.nCopies(drafts.size(), refusal);
    } finally {
      looksWhileFull.release();
    }
  }

  private Map<EventId, ExistingEvent> existing(List<EventId> ids) {
    return store.existing(ids).stream()
        .collect(Collectors.toMap(ExistingEvent::id, Function.identity()));
  }

  private List<IngestResult> repeated(
      List<EventDraft> drafts,
      Map<EventId, ExistingEvent> existing,
      Receipt receipt,
      IngestResult refusal) {
    ContentComparison.Batch comparing = comparison.begin();
    List<IngestResult> results =
        drafts.stream()
            .map(
                draft ->
                    draft
                        .id()
                        .flatMap(id -> Optional.ofNullable(existing.get(id)))
                        .map(
                            stored ->
                                comparing.compare(
                                    toEvent(draft, receipt), Optional.empty(), stored))
                        .orElse(refusal))
            .toList();
    comparing.finish();
    return results;
  }

  private static List<IngestResult> refuseAll(int count, Reason reason, Duration retryAfter) {
    var refused = new IngestResult[count];
    Arrays.fill(refused, new IngestResult.Refused(reason, retryAfter));
    return List.of(refused);
  }
}
