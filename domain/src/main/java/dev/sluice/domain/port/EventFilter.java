package dev.sluice.domain.port;

import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Chooses events; an empty set or text leaves its aspect open.
///
/// @param statuses one of these
/// @param types one of these
/// @param keys one of these ordering keys
/// @param occurredFrom occurred at this time or later
/// @param occurredTo occurred at this time or earlier
/// @param subscriptions has a delivery for one of these
/// @param attempts has seen so many attempts
/// @param errors has a dead letter of one of these kinds
/// @param text occurs in the payload as it was sent, to the letter
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

  /// Every event.
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

  /// Statuses that few events have for long.
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

  /// The same choice among events in these statuses.
  public EventFilter withStatuses(Set<EventStatus> newStatuses) {
    return new EventFilter(
        newStatuses, types, keys, occurredFrom, occurredTo, subscriptions, attempts, errors, text);
  }

  /// The same choice among events of these types.
  public EventFilter withTypes(Set<EventType> newTypes) {
    return new EventFilter(
        statuses, newTypes, keys, occurredFrom, occurredTo, subscriptions, attempts, errors, text);
  }

  /// The same choice among events with these keys.
  public EventFilter withKeys(Set<String> newKeys) {
    return new EventFilter(
        statuses, types, newKeys, occurredFrom, occurredTo, subscriptions, attempts, errors, text);
  }

  /// The same choice among events that occurred from one time to another, both included.
  public EventFilter occurredBetween(Instant from, Instant to) {
    return new EventFilter(statuses, types, keys, from, to, subscriptions, attempts, errors, text);
  }

  /// The same choice among events with a delivery for one of these.
  public EventFilter withSubscriptions(Set<SubscriptionName> newSubscriptions) {
    return new EventFilter(
        statuses, types, keys, occurredFrom, occurredTo, newSubscriptions, attempts, errors, text);
  }

  /// The same choice among events with so many attempts.
  public EventFilter withAttempts(AttemptRange newAttempts) {
    return new EventFilter(
        statuses, types, keys, occurredFrom, occurredTo, subscriptions, newAttempts, errors, text);
  }

  /// The same choice among events with dead letters of these kinds.
  public EventFilter withErrors(Set<ErrorFingerprint> newErrors) {
    return new EventFilter(
        statuses, types, keys, occurredFrom, occurredTo, subscriptions, attempts, newErrors, text);
  }

  /// The same choice among events whose payload holds this text.
  public EventFilter withText(String newText) {
    return new EventFilter(
        statuses, types, keys, occurredFrom, occurredTo, subscriptions, attempts, errors, newText);
  }

  /// Whether the filter leaves so few events that their payloads can be looked through: it names a
  /// type, a key, an error or an earliest time, or only statuses that events do not keep.
  public boolean isNarrow() {
    return !types.isEmpty()
        || !keys.isEmpty()
        || !errors.isEmpty()
        || !occurredFrom.equals(Instant.MIN)
        || (!statuses.isEmpty() && PASSING.containsAll(statuses));
  }

  /// What the filter names, for people to read.
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
      // Not which: it is said to stand in payloads, which not everybody may see.
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

  /// Whether [#acceptsDeliveries] has anything to say.
  public boolean asksForDeliveries() {
    return !subscriptions.isEmpty() || !errors.isEmpty() || !attempts.equals(AttemptRange.ANY);
  }

  /// Whether this event, as it stands, is chosen.
  public boolean accepts(EventSummary summary) {
    return accepts(summary.event(), summary.status())
        && acceptsDeliveries(summary.deliveries())
        && (text.isEmpty() || summary.event().payload().json().contains(text));
  }

  /// Whether an event in this status is chosen, as far as status, type, key and time say.
  public boolean accepts(Event event, EventStatus status) {
    return (statuses.isEmpty() || statuses.contains(status))
        && (types.isEmpty() || types.contains(event.type()))
        && (keys.isEmpty() || event.attributes().key().filter(keys::contains).isPresent())
        && !event.occurredAt().isBefore(occurredFrom)
        && !event.occurredAt().isAfter(occurredTo);
  }

  /// Whether an event with these deliveries is chosen, as far as subscription, attempts and errors
  /// say.
  public boolean acceptsDeliveries(List<DeliverySnapshot> deliveries) {
    return (subscriptions.isEmpty()
            || deliveries.stream().anyMatch(one -> subscriptions.contains(one.subscription())))
        && (errors.isEmpty() || deliveries.stream().anyMatch(this::hasError))
        && attempts.contains(
            deliveries.stream().mapToInt(one -> one.state().attempts().started()).sum());
  }

  /// Whether, of an event that is chosen, this delivery is what the filter means.
  public boolean chooses(DeliverySnapshot delivery) {
    return (subscriptions.isEmpty() || subscriptions.contains(delivery.subscription()))
        && (errors.isEmpty() || hasError(delivery));
  }

  private boolean hasError(DeliverySnapshot delivery) {
    return delivery.state() instanceof DeliveryState.Failed failed
        && errors.contains(ErrorFingerprint.of(delivery.subscription(), failed.cause()));
  }
}
