package dev.sluice.domain.port;

import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Chooses events. An empty set or text does not restrict the choice.
///
/// The conditions on status, subscription and error are about deliveries, and one and the same
/// delivery must fulfil all of them: what the other deliveries of the event do does not matter.
///
/// @param statuses a delivery of the event has one of these statuses; [EventStatus#UNROUTED]
///   chooses events without a delivery
/// @param types the event has one of these types
/// @param keys the event has one of these ordering keys
/// @param occurredFrom the event occurred at this time or later
/// @param occurredTo the event occurred at this time or earlier
/// @param subscriptions a delivery of the event is for one of these
/// @param attempts range of the attempts over all deliveries
/// @param errors a delivery of the event is a dead letter with one of these fingerprints
/// @param text occurs literally in the payload as it was sent
public record EventFilter(
    Set<EventStatus> statuses,
    Set<EventType> types,
    Set<String> keys,
    Instant occurredFrom,
    Instant occurredTo,
    Set<SubscriptionName> subscriptions,
    AttemptRange attempts,
    Set<ErrorFingerprint> errors,
    String text) {

  /// Chooses every event.
  public static final EventFilter ALL =
      new EventFilter(
          Set.of(),
          Set.of(),
          Set.of(),
          Instant.MIN,
          Instant.MAX,
          Set.of(),
          AttemptRange.ANY,
          Set.of(),
          "");

  /// Statuses that only few deliveries keep for long.
  private static final Set<EventStatus> PASSING =
      EnumSet.of(
          EventStatus.RECEIVED, EventStatus.PROCESSING, EventStatus.RETRYING, EventStatus.FAILED);

  public EventFilter {
    statuses = Set.copyOf(statuses);
    types = Set.copyOf(types);
    keys = Set.copyOf(keys);
    subscriptions = Set.copyOf(subscriptions);
    errors = Set.copyOf(errors);
  }

  /// Returns this filter with these statuses.
  public EventFilter withStatuses(Set<EventStatus> newStatuses) {
    return new EventFilter(
        newStatuses, types, keys, occurredFrom, occurredTo, subscriptions, attempts, errors, text);
  }

  /// Returns this filter with these types.
  public EventFilter withTypes(Set<EventType> newTypes) {
    return new EventFilter(
        statuses, newTypes, keys, occurredFrom, occurredTo, subscriptions, attempts, errors, text);
  }

  /// Returns this filter with these ordering keys.
  public EventFilter withKeys(Set<String> newKeys) {
    return new EventFilter(
        statuses, types, newKeys, occurredFrom, occurredTo, subscriptions, attempts, errors, text);
  }

  /// Returns this filter with this range of times of occurrence, both ends included.
  public EventFilter occurredBetween(Instant from, Instant to) {
    return new EventFilter(statuses, types, keys, from, to, subscriptions, attempts, errors, text);
  }

  /// Returns this filter with these subscriptions.
  public EventFilter withSubscriptions(Set<SubscriptionName> newSubscriptions) {
    return new EventFilter(
        statuses, types, keys, occurredFrom, occurredTo, newSubscriptions, attempts, errors, text);
  }

  /// Returns this filter with this range of attempts.
  public EventFilter withAttempts(AttemptRange newAttempts) {
    return new EventFilter(
        statuses, types, keys, occurredFrom, occurredTo, subscriptions, newAttempts, errors, text);
  }

  /// Returns this filter with these error fingerprints.
  public EventFilter withErrors(Set<ErrorFingerprint> newErrors) {
    return new EventFilter(
        statuses, types, keys, occurredFrom, occurredTo, subscriptions, attempts, newErrors, text);
  }

  /// Returns this filter with this text in the payload.
  public EventFilter withText(String newText) {
    return new EventFilter(
        statuses, types, keys, occurredFrom, occurredTo, subscriptions, attempts, errors, newText);
  }

  /// Returns whether the filter chooses few enough events that their payloads can be searched: it
  /// names a type, a key, an error or an earliest time, or only statuses that few deliveries keep
  /// for long.
  public boolean isNarrow() {
    return !types.isEmpty()
        || !keys.isEmpty()
        || !errors.isEmpty()
        || !occurredFrom.equals(Instant.MIN)
        || (!statuses.isEmpty() && PASSING.containsAll(statuses));
  }

  /// Returns the conditions of the filter as readable text.
  public String describe() {
    var parts = new ArrayList<String>();
    add(parts, "status", statuses.stream().map(EventStatus::wireName));
    add(parts, "type", types.stream().map(EventType::value));
    add(parts, "key", keys.stream());
    add(parts, "subscription", subscriptions.stream().map(SubscriptionName::value));
    add(parts, "error", errors.stream().map(ErrorFingerprint::toString));
    if (!attempts.equals(AttemptRange.ANY)) {
      parts.add("attempts:" + attempts.least() + ".." + attempts.most());
    }
    if (!occurredFrom.equals(Instant.MIN)) {
      parts.add("from:" + occurredFrom);
    }
    if (!occurredTo.equals(Instant.MAX)) {
      parts.add("to:" + occurredTo);
    }
    if (!text.isEmpty()) {
      // Not the text itself: it is likely to occur in payloads, which not everyone may see.
      parts.add("text");
    }
    return parts.isEmpty() ? "everything" : String.join(" ", parts);
  }

  private static void add(List<String> parts, String name, Stream<String> values) {
    String all = values.sorted().collect(Collectors.joining(","));
    if (!all.isEmpty()) {
      parts.add(name + ":" + all);
    }
  }

  /// Returns the statuses that deliveries may have, of those that are named.
  public Set<DeliveryStatus> deliveryStatuses() {
    return Arrays.stream(DeliveryStatus.values())
        .filter(status -> statuses.contains(EventStatus.of(status)))
        .collect(Collectors.toSet());
  }

  /// Returns whether [#acceptsDeliveries] checks anything.
  public boolean asksForDeliveries() {
    return !statuses.isEmpty() || asksForMoreThanStatus();
  }

  /// Returns whether [#acceptsDeliveries] checks anything but statuses.
  public boolean asksForMoreThanStatus() {
    return !subscriptions.isEmpty() || !errors.isEmpty() || !attempts.equals(AttemptRange.ANY);
  }

  /// Returns whether this event is chosen in its current state.
  public boolean accepts(EventSummary summary) {
    return acceptsEvent(summary.event())
        && acceptsDeliveries(summary.deliveries())
        && (text.isEmpty() || summary.event().payload().json().contains(text));
  }

  /// Returns whether an event passes the conditions on type, key and time.
  public boolean acceptsEvent(Event event) {
    return (types.isEmpty() || types.contains(event.type()))
        && (keys.isEmpty() || event.attributes().key().filter(keys::contains).isPresent())
        && !event.occurredAt().isBefore(occurredFrom)
        && !event.occurredAt().isAfter(occurredTo);
  }

  /// Returns whether an event with these deliveries passes the conditions on status, subscription,
  /// errors and attempts.
  public boolean acceptsDeliveries(List<DeliverySnapshot> deliveries) {
    boolean isChosen =
        deliveries.isEmpty() ? acceptsUnrouted() : deliveries.stream().anyMatch(this::chooses);
    return isChosen
        && attempts.contains(
            deliveries.stream().mapToInt(one -> one.state().attempts().started()).sum());
  }

  private boolean acceptsUnrouted() {
    return (statuses.isEmpty() || statuses.contains(EventStatus.UNROUTED))
        && subscriptions.isEmpty()
        && errors.isEmpty();
  }

  /// Returns whether this delivery fulfils the conditions on status, subscription and error.
  public boolean chooses(DeliverySnapshot delivery) {
    return (statuses.isEmpty() || statuses.contains(EventStatus.of(delivery.state().status())))
        && (subscriptions.isEmpty() || subscriptions.contains(delivery.subscription()))
        && (errors.isEmpty() || hasError(delivery));
  }

  private boolean hasError(DeliverySnapshot delivery) {
    return delivery.state() instanceof DeliveryState.Failed failed
        && errors.contains(ErrorFingerprint.of(delivery.subscription(), failed.cause()));
  }
}
