package dev.sluice.admin.api;

import java.time.Instant;
import java.util.List;

/// A preview of a bulk action. Its token starts exactly this plan.
///
/// @param count events that match the filter
/// @param qualifying matching events that the action can be applied to
/// @param estimateSeconds estimated run time without a rate limit
public record BulkPlan(
    String token,
    String action,
    long count,
    long qualifying,
    long estimateSeconds,
    Instant plannedAt,
    Instant expiresAt,
    List<Sample> sample) {

  public BulkPlan {
    Required.members("bulkplan", token, action, plannedAt, expiresAt, sample);
  }

  /// An example of the qualifying events.
  public record Sample(
      String eventId, String eventType, Status status, int attempts, Instant receivedAt) {

    public Sample {
      Required.members("sample", eventId, eventType, status);
    }
  }
}
