package dev.sluice.domain.port;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventType;
import java.time.Instant;
import java.util.Set;

/// Chooses events; an empty set leaves its aspect open.
///
/// @param statuses one of these
/// @param types one of these
/// @param keys one of these ordering keys
/// @param occurredFrom occurred at this time or later
/// @param occurredTo occurred at this time or earlier
public record EventFilter(
    Set<EventStatus> statuses,
    Set<EventType> types,
    Set<String> keys,
    Instant occurredFrom,
    Instant occurredTo) {

  /// Every event.
  public static final EventFilter ALL =
      new EventFilter(Set.of(), Set.of(), Set.of(), Instant.MIN, Instant.MAX);

  public EventFilter {
    statuses = Set.copyOf(statuses);
    types = Set.copyOf(types);
    keys = Set.copyOf(keys);
  }

  /// The same choice among events in these statuses.
  public EventFilter withStatuses(Set<EventStatus> newStatuses) {
    return new EventFilter(newStatuses, types, keys, occurredFrom, occurredTo);
  }

  /// The same choice among events of these types.
  public EventFilter withTypes(Set<EventType> newTypes) {
    return new EventFilter(statuses, newTypes, keys, occurredFrom, occurredTo);
  }

  /// The same choice among events with these keys.
  public EventFilter withKeys(Set<String> newKeys) {
    return new EventFilter(statuses, types, newKeys, occurredFrom, occurredTo);
  }

  /// The same choice among events that occurred from one time to another, both included.
  public EventFilter occurredBetween(Instant from, Instant to) {
    return new EventFilter(statuses, types, keys, from, to);
  }

  /// Whether an event in this status is chosen.
  public boolean accepts(Event event, EventStatus status) {
    return (statuses.isEmpty() || statuses.contains(status))
        && (types.isEmpty() || types.contains(event.type()))
        && (keys.isEmpty() || event.attributes().key().filter(keys::contains).isPresent())
        && !event.occurredAt().isBefore(occurredFrom)
        && !event.occurredAt().isAfter(occurredTo);
  }
}
