package dev.sluice.domain.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores bulk jobs and runs their steps. May throw [StoreUnavailableException]; then the outcome
/// is unknown, and repeating the call is safe: nothing is done twice.
public interface BulkJobs {

  /// Maximum number of plans and jobs; the oldest that are not running are deleted to make room.
  int MAX_KEPT = 1_000;

  /// Returns the storage's time, by which plans and changes are dated.
  Instant now();

  /// Stores a plan.
  void plan(BulkPlan plan);

  /// Returns the job with this id, planned or started.
  Optional<BulkJob> find(String id);

  /// Returns the job whose plan has this token.
  Optional<BulkJob> findByToken(String token);

  /// Returns jobs that were started, newest first, at most `limit`.
  List<BulkJob> started(int limit);

  /// Returns running jobs, oldest first.
  List<BulkJob> running();

  /// Starts a planned job. Of any number of concurrent callers, one succeeds.
  ///
  /// @return whether this call started it
  boolean start(String id, String by, double ratePerSecond);

  /// Stops a running job.
  ///
  /// @return whether this call stopped it
  boolean stop(String id);

  /// Applies the action of a running job to its next events, at most `max`, and stores its
  /// progress, both or neither. Of an event, it changes the deliveries that the filter chooses, and
  /// no others; a delivery that changed since the job was planned is skipped, and an event of which
  /// all of them have is counted as skipped. Two steps of a job never run concurrently: the later
  /// one does nothing.
  ///
  /// Not for back-fill jobs, see [#backfill].
  ///
  /// @return empty when the job is not running or another step of it is in progress
  Optional<BulkStep> step(String id, int max);

  /// Makes the deliveries of a back-fill job for events that the caller chose, and stores the job's
  /// progress, both or neither. The deliveries wait for their first attempt and are due now. An
  /// event that has a delivery in the subscription, whatever its status, is skipped, and so is one
  /// that is not stored any more.
  ///
  /// A step may end before the first event whose deliveries are just being changed by others; the
  /// next one begins there.
  ///
  /// @param seen the job as it was when the events were chosen
  /// @return empty when the job is not as it was seen, or not running
  Optional<BulkStep> backfill(BulkJob seen, BackfillChoice choice);

  /// Deletes plans that were made before `plannedBefore` and not started, and jobs that ended
  /// before `endedBefore`.
  void purge(Instant plannedBefore, Instant endedBefore);
}
