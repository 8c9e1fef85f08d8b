package dev.sluice.domain.port;

import java.time.Instant;

/// What a bulk job is to do: settled when it is planned, and not changed after.
///
/// @param id of the job
/// @param token starts the job, once
/// @param action what is done
/// @param filter to which events, narrowed to those that qualify
/// @param from they lie behind this place: what was stored later is not part of the plan
/// @param to and not behind this one; [Cursor#END] for all that are behind the first
/// @param qualifying how many they are
/// @param plannedAt what changed later is left alone; by the storage's time
/// @param plannedBy who planned it
public record BulkPlan(
    String id,
    String token,
    BulkAction action,
    EventFilter filter,
    Cursor from,
    Cursor to,
    long qualifying,
    Instant plannedAt,
    String plannedBy) {

  /// Whether the event with this number lies between the two places.
  public boolean covers(long number) {
    return number < from.position() && number >= to.position();
  }

  /// Whether events of the plan can be found from this place on.
  public boolean goesOnAt(Cursor place) {
    return place.position() > Math.max(1, to.position());
  }
}
