package dev.sluice.domain.delivery;

import java.time.Instant;

/// The state of a delivery with the data that belongs to it.
///
/// A transition is a method of the states it is legal in, so that an illegal one does not compile.
/// `docs/state-machine.md` draws them, and [TransitionTable] lists them.
public sealed interface DeliveryState {

  DeliveryStatus status();

  /// The attempts so far.
  AttemptCount attempts();

  /// Waits for a worker.
  sealed interface Waiting extends DeliveryState {

    /// No attempt starts earlier than this.
    Instant dueAt();

    /// A worker takes the delivery: a new attempt begins.
    default Processing claim(Lease lease) {
      return TransitionTable.checked(this, new Processing(attempts().next(), lease, this));
    }

    /// An operator takes it out.
    default Cancelled cancel(Instant at) {
      return TransitionTable.checked(this, new Cancelled(attempts(), at));
    }
  }

  /// Nothing more happens by itself.
  sealed interface Finished extends DeliveryState {

    /// When it came to this end.
    Instant finishedAt();

    /// Back to work with a fresh budget of attempts; what happened before stays on record.
    default Received replay(Instant at) {
      return TransitionTable.checked(this, new Received(attempts().withFreshBudget(), at));
    }
  }

  /// Waits for its first attempt, or for the first one after a replay.
  record Received(AttemptCount attempts, Instant dueAt) implements Waiting {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.RECEIVED;
    }
  }

  /// Waits for another attempt after the failure in `lastFailure`.
  record Retrying(AttemptCount attempts, Instant dueAt, FailureCause lastFailure)
      implements Waiting {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.RETRYING;
    }
  }

  /// A worker is at it.
  ///
  /// @param attempts the newest attempt is the one under way
  /// @param lease the worker's right to it
  /// @param before where the delivery waited, and waits again if it is handed back
  record Processing(AttemptCount attempts, Lease lease, Waiting before) implements DeliveryState {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.PROCESSING;
    }

    /// The worker keeps it for longer.
    public Processing extend(Instant expiresAt) {
      return new Processing(attempts, lease.extendedTo(expiresAt), before);
    }

    /// The attempt is over.
    public DeliveryState settle(Resolution resolution, Instant at) {
      return TransitionTable.checked(this, after(resolution, at));
    }

    private DeliveryState after(Resolution resolution, Instant at) {
      return switch (resolution) {
        case Resolution.Complete() -> new Completed(attempts, at);
        case Resolution.Retry(Instant dueAt, FailureCause cause) ->
            new Retrying(cause.isAbandonment() ? afterAbandonment() : attempts, dueAt, cause);
        case Resolution.DeadLetter(FailureCause cause) -> new Failed(attempts, at, cause);
        case Resolution.HandBack() -> handedBack(at);
      };
    }

    /// Whether the attempt before this one was abandoned.
    public boolean isAfterAbandonment() {
      return before instanceof Retrying retrying && retrying.lastFailure().isAbandonment();
    }

    /// When a worker goes silent, most of what it held is innocent, and some had not even begun. So
    /// the first time does not count; the next attempt runs apart from others, and does.
    private AttemptCount afterAbandonment() {
      return isAfterAbandonment() ? attempts : attempts.newestNotSpent();
    }

    /// It was due when it was claimed: if that seems to lie in the future, the clock was set back.
    private Waiting handedBack(Instant at) {
      Instant dueAt = before.dueAt().isAfter(at) ? at : before.dueAt();
      return switch (before) {
        case Received _ -> new Received(attempts.newestNotSpent(), dueAt);
        case Retrying retrying ->
            new Retrying(attempts.newestNotSpent(), dueAt, retrying.lastFailure());
      };
    }
  }

  /// Processed.
  record Completed(AttemptCount attempts, Instant finishedAt) implements Finished {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.COMPLETED;
    }
  }

  /// A dead letter.
  record Failed(AttemptCount attempts, Instant finishedAt, FailureCause cause) implements Finished {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.FAILED;
    }

    /// An operator takes it off the dead letters.
    public Cancelled discard(Instant at) {
      return TransitionTable.checked(this, new Cancelled(attempts, at));
    }
  }

  /// Taken out by an operator.
  record Cancelled(AttemptCount attempts, Instant finishedAt) implements Finished {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.CANCELLED;
    }
  }
}
