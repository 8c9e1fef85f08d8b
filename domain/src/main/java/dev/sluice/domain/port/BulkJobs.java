package dev.sluice.domain.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps bulk jobs and does their steps. May throw [StoreUnavailableException]; then the outcome is
/// unknown, and asking again is safe: nothing is done twice.
public interface BulkJobs {

  /// No more plans and jobs are kept: the oldest that do not run make room.
  int MAX_KEPT = 1_000;

  /// The storage's time, by which plans and changes are dated.
  Instant now();

  /// Keeps a plan.
  void plan(BulkPlan plan);

  /// The job with this id, planned ones included.
  Optional<BulkJob> find(String id);

  /// The job whose plan has this token.
  Optional<BulkJob> findByToken(String token);

  /// Jobs that were started, newest first, at most `limit`.
  List<BulkJob> started(int limit);

  /// Jobs that run, oldest first.
  List<BulkJob> running();

  /// Starts a planned job. Of any number of callers at once, one succeeds.
  ///
  /// @return whether this call started it
  boolean start(String id, String by, double ratePerSecond);

  /// Stops a running job.
  ///
  /// @return whether this call stopped it
  boolean stop(String id);

  /// Does the action of a running job to its next events, at most `max`, and takes down how far it
  /// has come, both or neither. An event that changed since it was planned is left alone. Two steps
  /// of a job never run at once: the later one does nothing.
  ///
  /// @return nothing when the job does not run, or somebody else is at it
  Optional<BulkStep> step(String id, int max);

  /// Forgets plans that nobody started and that were made before `plannedBefore`, and jobs that
  /// were over before `endedBefore`.
  void purge(Instant plannedBefore, Instant endedBefore);
}
