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

/// Filters changes by their content; an empty set does not restrict its aspect.
///
/// @param statuses the new status is one of these
/// @param types the event has one of these types
/// @param keys the event has one of these ordering keys
/// @param subscriptions the delivery is for one of these
/// @param attempts the change belongs to an attempt in this range; 0 for none
/// @param errors the change is to a dead letter with one of these fingerprints
record ChangeFilter(
    Set<EventStatus> statuses,
    Set<EventType> types,
    Set<String> keys,
    Set<String> subscriptions,
    AttemptRange attempts,
    Set<String> errors)
    implements Predicate<Change> {

  /// The query parameters that apply to changes; a change lacks the data for the others of a list.
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

  /// Whether it passes every change.
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
        && (subscriptions.isEmpty() || subscriptions.contains(change.subscription()))
        && attempts.contains(change.attempt())
        && (errors.isEmpty() || errors.contains(change.fingerprint()));
  }
}
