package dev.sluice.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A bulk job: a plan that was started, with its progress.
///
/// @param state `running`, `finished` or `stopped`
/// @param backfill the subscription and the events of a back-fill; null for other actions
/// @param skipped events that changed after the plan was made
/// @param remaining events that are not processed yet
public record BulkJob(
    String id,
    String action,
    String state,
    JsonNode filter,
    @Nullable JsonNode backfill,
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

  public BulkJob {
    Required.members("bulkjob", id, action, state, filter, plannedBy, plannedAt, startedBy);
  }

  /// Returns what the job is about, as JSON.
  public JsonNode scope() {
    return backfill == null ? filter : backfill;
  }

  public boolean isRunning() {
    return state.equals("running");
  }

  /// Returns the share that is finished, from 0 to 1.
  public double progress() {
    return qualifying == 0 ? 1 : Math.min(1, (double) (qualifying - remaining) / qualifying);
  }
}
