package dev.sluice.application.intake;

import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.port.ExistingEvent;
import java.time.Duration;

/// What became of a draft.
public sealed interface IngestResult {

  /// It is stored.
  record Accepted(EventSummary event) implements IngestResult {}

  /// An event with this id and the same type, source and payload was stored before: the producer's
  /// event is safe.
  record Duplicate(ExistingEvent existing) implements IngestResult {}

  /// An event with this id but other content was stored before: this one is not stored.
  record Conflict(ExistingEvent existing) implements IngestResult {}

  /// An event with this id was stored before, but what is stored is damaged, so that it is unknown
  /// whether it is the same: this one is not stored.
  record Incomparable(ExistingEvent existing) implements IngestResult {}

  /// Not stored, for now.
  ///
  /// @param reason why
  /// @param retryAfter when it is worth trying again
  record Refused(Reason reason, Duration retryAfter) implements IngestResult {

    /// Another caller is busy with the same id, which does not take long.
    static final Refused CONTENDED = new Refused(Reason.CONTENDED, Duration.ofSeconds(1));

    /// Whether the next event may well be taken.
    public boolean isAboutThisEventAlone() {
      return reason == Reason.CONTENDED;
    }
  }

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
    /// Another caller is storing or comparing an event with this id, and how that ends is not known
    /// yet.
    CONTENDED,
    /// This node only works off what others take in.
    WORKER_NODE
  }
}
