package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.domain.delivery.Change;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.AttemptRange;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Chooses changes by what they tell; an empty set leaves its aspect open.
///
/// @param statuses to one of these
/// @param types of events of one of these types
/// @param keys of events with one of these ordering keys
/// @param subscriptions of deliveries of one of these, or of an event's deliveries as a whole
/// @param attempts that belong to an attempt with such a number; 0 for none
/// @param errors to dead letters with one of these fingerprints
record ChangeFilter(
    Set<EventStatus> statuses,
    Set<EventType> types,
    Set<String> keys,
    Set<String> subscriptions,
    AttemptRange attempts,
    Set<String> errors)
    implements Predicate<Change> {

  /// The parameters that it reads; the others of a list cannot be told from a change.
  static final Set<String> PARAMETERS =
      Set.of("event_type", "type", "key", "status", "subscription", "attempts", "error");

  ChangeFilter {
    statuses = Set.copyOf(statuses);
    types = Set.copyOf(types);
    keys = Set.copyOf(keys);
    subscriptions = Set.copyOf(subscriptions);
    errors = Set.copyOf(errors);
  }

  /// Reads the filters of a query.
  static ChangeFilter of(QueryParameters query) {
    EventFilter filter = EventQuery.filter(query);
    return new ChangeFilter(
        filter.statuses(),
        filter.types(),
        filter.keys(),
        filter.subscriptions().stream().map(SubscriptionName::value).collect(Collectors.toSet()),
        filter.attempts(),
        filter.errors().stream().map(ErrorFingerprint::toString).collect(Collectors.toSet()));
  }

  /// Whether no aspect is chosen.
  boolean choosesAll() {
    return statuses.isEmpty()
        && types.isEmpty()
        && keys.isEmpty()
        && subscriptions.isEmpty()
        && attempts.equals(AttemptRange.ANY)
        && errors.isEmpty();
  }

  @Override
  public boolean test(Change change) {
    return (statuses.isEmpty() || statuses.contains(change.status()))
        && (types.isEmpty() || types.contains(change.type()))
        && (keys.isEmpty() || keys.contains(change.key()))
        && (subscriptions.isEmpty()
            || change.subscription().isEmpty()
            || subscriptions.contains(change.subscription()))
        && attempts.contains(change.attempt())
        && (errors.isEmpty() || errors.contains(change.fingerprint()));
  }
}
