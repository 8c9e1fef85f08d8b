package dev.sluice.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A plan that was started, and how far it is.
///
/// @param state `running`, `finished` or `stopped`
/// @param skipped events that had changed since they were planned
/// @param remaining events that are still to be looked at
public record BulkJob(
    String id,
    String action,
    String state,
    JsonNode filter,
    long qualifying,
    long done,
    long skipped,
    long remaining,
    @Nullable Double ratePerSecond,
    String plannedBy,
    Instant plannedAt,
    String startedBy,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  /// Checks that all is there.
  public BulkJob {
    Required.members("bulkjob", id, action, state, filter, plannedBy, plannedAt, startedBy);
  }

  /// Whether it goes on.
  public boolean isRunning() {
    return state.equals("running");
  }

  /// How much of it is over, from 0 to 1.
  public double progress() {
    return qualifying == 0 ? 1 : Math.min(1, (double) (qualifying - remaining) / qualifying);
  }
}
