package dev.sluice.admin.api;

import java.time.Instant;
import java.util.List;

/// What an action would do; its token starts exactly this.
///
/// @param count events that the filter chooses
/// @param qualifying those of them that the action can be done to
/// @param estimateSeconds about how long it takes when no rate is asked for
public record BulkPlan(
    String token,
    String action,
    long count,
    long qualifying,
    long estimateSeconds,
    Instant plannedAt,
    Instant expiresAt,
    List<Sample> sample) {

  /// Checks that all is there.
  public BulkPlan {
    Required.members("bulkplan", token, action, plannedAt, expiresAt, sample);
  }

  /// One of those that qualify.
  public record Sample(
      String eventId, String eventType, Status status, int attempts, Instant receivedAt) {

    /// Checks that all is there.
    public Sample {
      Required.members("sample", eventId, eventType, status);
    }
  }
}
