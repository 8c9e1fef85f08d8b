package dev.sluice.domain.delivery;

import java.time.Instant;

/// The state of a delivery with the data that belongs to it.
///
/// A transition is a method of the states in which it is legal, so that an illegal one does not
/// compile. `docs/state-machine.md` draws the transitions, and [TransitionTable] lists them.
public sealed interface DeliveryState {

  DeliveryStatus status();

  /// Returns the attempts so far.
  AttemptCount attempts();

  /// Returns when the delivery entered this state, by the storage's time: what bulk jobs compare
  /// with the time of their plan. Handing a delivery back enters a state, extending a lease does
  /// not.
  Instant enteredAt();

  /// Waits for a worker.
  sealed interface Waiting extends DeliveryState {

    /// Returns the time before which no attempt starts. How long a delivery has waited for a worker
    /// counts from here, so a delay before it does not count, and a hand-back, which leaves it as
    /// it was, does not end it.
    Instant dueAt();

    /// Returns whether the delivery had to wait for its due time when it entered this state. If
    /// not, it is due, whatever the clocks say.
    default boolean isDelayed() {
      return dueAt().isAfter(enteredAt());
    }

    /// Leases the delivery to a worker: a new attempt begins.
    default Processing claim(Lease lease) {
      return TransitionTable.checked(this, new Processing(attempts().next(), lease, this));
    }

    /// Cancels the delivery.
    default Cancelled cancel(Instant at) {
      return TransitionTable.checked(this, new Cancelled(attempts(), at));
    }
  }

  /// Nothing more happens unless an operator acts.
  sealed interface Finished extends DeliveryState {

    /// Returns when the delivery finished.
    Instant finishedAt();

    @Override
    default Instant enteredAt() {
      return finishedAt();
    }

    /// Replays the delivery with a fresh budget of attempts; its history stays.
    default Received replay(Instant at) {
      return TransitionTable.checked(this, new Received(attempts().withFreshBudget(), at));
    }
  }

  /// Waits for its first attempt, or for the first one after a replay.
  record Received(AttemptCount attempts, Instant enteredAt, Instant dueAt) implements Waiting {

    /// Creates the state of a delivery that is due when it enters it.
    public Received(AttemptCount attempts, Instant dueAt) {
      this(attempts, dueAt, dueAt);
    }

    /// Returns whether no attempt of the delivery was ever started, so that it may be rescheduled.
    public boolean isUntried() {
      return attempts.started() == 0;
    }

    /// Moves the first attempt to another time, or to now if that has passed. The delivery enters
    /// its state again.
    public Received reschedule(Instant deliverAt, Instant now) {
      return new Received(attempts, now, deliverAt.isAfter(now) ? deliverAt : now);
    }

    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.RECEIVED;
    }
  }

  /// Waits for another attempt after the failure in `lastFailure`.
  record Retrying(AttemptCount attempts, Instant enteredAt, Instant dueAt, FailureCause lastFailure)
      implements Waiting {
    /// Moves the next attempt to another time, or to now if that has passed. The delivery enters
    /// its state again.
    public Retrying reschedule(Instant nextAttempt, Instant now) {
      Instant due = nextAttempt.isAfter(now) ? nextAttempt : now;
      return new Retrying(attempts, now, due, lastFailure);
    }

    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.RETRYING;
    }
  }

  /// Leased to a worker.
  ///
  /// @param attempts the newest attempt is the one in progress
  /// @param lease the worker's right to the delivery
  /// @param before the state in which the delivery waited, and waits again if it is handed back;
  ///   storages may forget when it entered that, and have its due time instead
  record Processing(AttemptCount attempts, Lease lease, Waiting before) implements DeliveryState {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.PROCESSING;
    }

    @Override
    public Instant enteredAt() {
      return lease.startedAt();
    }

    /// Returns whether a claim is the one that holds the delivery: the fencing rule. Outcomes and
    /// extensions of other claims have no effect. The number of the attempt alone is not enough:
    /// numbers repeat where a storage lost its newest commits.
    ///
    /// @param attempt the number of the claim's attempt
    /// @param claimed the claim's lease, however often it was extended since
    public boolean isHeldBy(int attempt, Lease claimed) {
      return attempts.started() == attempt
          && lease.worker().equals(claimed.worker())
          && lease.startedAt().equals(claimed.startedAt());
    }

    /// Extends the lease.
    public Processing extend(Instant expiresAt) {
      return new Processing(attempts, lease.extendedTo(expiresAt), before);
    }

    /// Ends the attempt.
    public DeliveryState settle(Resolution resolution, Instant at) {
      return TransitionTable.checked(this, after(resolution, at));
    }

    private DeliveryState after(Resolution resolution, Instant at) {
      return switch (resolution) {
        case Resolution.Complete() -> new Completed(attempts, at);
        case Resolution.Retry(Instant dueAt, FailureCause cause) ->
            new Retrying(cause.isAbandonment() ? afterAbandonment() : attempts, at, dueAt, cause);
        case Resolution.DeadLetter(FailureCause cause) -> new Failed(attempts, at, cause);
        case Resolution.HandBack() -> handedBack(at);
        case Resolution.Expire() -> new Expired(attempts.newestNotSpent(), at);
      };
    }

    /// Returns whether the attempt before this one was abandoned.
    public boolean isAfterAbandonment() {
      return before instanceof Retrying retrying && retrying.lastFailure().isAbandonment();
    }

    /// When a worker stops responding, most deliveries it held did not cause that, and some had not
    /// even begun. So the first abandonment does not count. The next attempt runs separately from
    /// other deliveries, and counts.
    private AttemptCount afterAbandonment() {
      return isAfterAbandonment() ? attempts : attempts.newestNotSpent();
    }

    /// The delivery was due when it was claimed. If the due time is in the future, the clock was
    /// set back.
    private Waiting handedBack(Instant at) {
      Instant dueAt = before.dueAt().isAfter(at) ? at : before.dueAt();
      return switch (before) {
        case Received _ -> new Received(attempts.newestNotSpent(), at, dueAt);
        case Retrying retrying ->
            new Retrying(attempts.newestNotSpent(), at, dueAt, retrying.lastFailure());
      };
    }
  }

  /// Processed successfully.
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

    /// Discards the dead letter.
    public Cancelled discard(Instant at) {
      return TransitionTable.checked(this, new Cancelled(attempts, at));
    }
  }

  /// Cancelled or discarded by an operator.
  record Cancelled(AttemptCount attempts, Instant finishedAt) implements Finished {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.CANCELLED;
    }
  }

  /// Not begun, because its event had expired when a worker claimed it.
  record Expired(AttemptCount attempts, Instant finishedAt) implements Finished {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.EXPIRED;
    }
  }
}
