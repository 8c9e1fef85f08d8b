package dev.sluice.application.intake;

import dev.sluice.domain.delivery.EventSummary;
import java.time.Duration;

/// What became of a draft.
public sealed interface IngestResult {

  /// It is stored.
  record Accepted(EventSummary event) implements IngestResult {}

  /// An event with this id and the same type, source and payload was stored before: the producer's
  /// event is safe.
  record Duplicate(EventSummary existing) implements IngestResult {}

  /// An event with this id but other content was stored before: this one is not stored.
  record Conflict(EventSummary existing) implements IngestResult {}

  /// Not stored, for now.
  ///
  /// @param reason why
  /// @param retryAfter when it is worth trying again
  record Refused(Reason reason, Duration retryAfter) implements IngestResult {}

  /// Why events are refused.
  enum Reason {
    /// There are as many unfinished deliveries as the service may have.
    BACKLOG_FULL,
    /// Nobody subscribes to the event, and as many such events are kept as may be.
    UNROUTED_FULL,
    /// The storage has no room.
    STORE_FULL,
    /// The service is shutting down.
    DRAINING,
    /// This node only works off what others take in.
    WORKER_NODE
  }
}
