package dev.sluice.application.intake;

import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.ExistingEvent;
import java.time.Duration;

/// The result of ingesting a draft.
public sealed interface IngestResult {

  /// The event is stored.
  record Accepted(EventSummary event) implements IngestResult {}

  /// The producer must not send events of this type: it is not stored.
  record NotAllowed(EventType type) implements IngestResult {}

  /// An event with this id and the same type, source and payload was stored before: the producer's
  /// event is safe.
  record Duplicate(ExistingEvent existing) implements IngestResult {}

  /// An event with this id but different content was stored before; this one is not stored.
  record Conflict(ExistingEvent existing) implements IngestResult {}

  /// An event with this id was stored before but is damaged, so it is unknown whether it is the
  /// same; this one is not stored.
  record Incomparable(ExistingEvent existing) implements IngestResult {}

  /// Not stored, for now.
  ///
  /// @param reason why
  /// @param retryAfter how long to wait before a retry
  record Refused(Reason reason, Duration retryAfter) implements IngestResult {

    /// Another caller is storing or comparing the same id, which does not take long.
    static final Refused CONTENDED = new Refused(Reason.CONTENDED, Duration.ofSeconds(1));

    /// Whether other events may still be accepted.
    public boolean isAboutThisEventAlone() {
      return reason == Reason.CONTENDED;
    }
  }

  /// Why events are refused.
  enum Reason {
    /// The backlog has reached its limit.
    BACKLOG_FULL,
    /// No subscription matches the event, and the number of such events has reached its limit.
    UNROUTED_FULL,
    /// The storage is full.
    STORE_FULL,
    /// The service is shutting down.
    DRAINING,
    /// Another caller is storing or comparing an event with this id, and the outcome is not known
    /// yet.
    CONTENDED,
    /// This node only processes events that other nodes accept.
    WORKER_NODE
  }
}
