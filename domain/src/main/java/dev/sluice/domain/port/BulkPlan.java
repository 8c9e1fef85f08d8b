package dev.sluice.domain.port;

import java.time.Instant;

/// What a bulk job is to do: settled when it is planned, and not changed after.
///
/// @param id of the job
/// @param token starts the job, once
/// @param action what is done
/// @param filter to which events, narrowed to those that qualify
/// @param from they lie behind this place: what was stored later is not part of the plan
/// @param qualifying how many they are
/// @param plannedAt what changed later is left alone; by the storage's time
/// @param plannedBy who planned it
public record BulkPlan(
    String id,
    String token,
    BulkAction action,
    EventFilter filter,
    Cursor from,
    long qualifying,
    Instant plannedAt,
    String plannedBy) {}
