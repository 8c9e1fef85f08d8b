package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A delivery's state as `records.lua` writes it.
///
/// @param letter which state
/// @param attempts so far
/// @param replays how often the delivery was replayed
/// @param since when it entered this state
/// @param rest the fields of this state alone
public record DeliveryStateCodec(
    String letter, AttemptCount attempts, int replays, Instant since, String rest) {

  /// Letter, attempts started and spent, replays, since.
  private static final int FIXED = 5;

  public static DeliveryStateCodec decode(String text) {
    String[] parts = text.split(" ", FIXED + 1);
    return new DeliveryStateCodec(
        parts[0],
        new AttemptCount(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])),
        Integer.parseInt(parts[3]),
        Micros.toInstant(parts[4]),
        parts.length > FIXED ? parts[FIXED] : "");
  }

  /// Returns the state.
  ///
  /// @param failure the last one of the delivery, if Redis has one
  public DeliveryState state(Optional<FailureCause> failure) {
    return switch (letter) {
      case "R", "T" -> waiting(letter, attempts, since, rest, failure);
      case "P" -> processing(failure);
      case "C" -> new DeliveryState.Completed(attempts, since);
      case "F" -> new DeliveryState.Failed(attempts, since, known(failure));
      case "E" -> new DeliveryState.Expired(attempts, since);
      case "X" -> new DeliveryState.Cancelled(attempts, since);
      default -> throw new StoreUnavailableException("Redis has an unknown state: " + letter);
    };
  }

  private static DeliveryState.Waiting waiting(
      String letter,
      AttemptCount attempts,
      Instant enteredAt,
      String due,
      Optional<FailureCause> failure) {
    Instant dueAt = Micros.toInstant(due);
    return letter.equals("R")
        ? new DeliveryState.Received(attempts, enteredAt, dueAt)
        : new DeliveryState.Retrying(attempts, enteredAt, dueAt, known(failure));
  }

  private DeliveryState processing(Optional<FailureCause> failure) {
    String[] parts = rest.split(" ", 5);
    // The running attempt counts until it is handed back.
    var before = new AttemptCount(attempts.started() - 1, attempts.spent() - 1);
    return new DeliveryState.Processing(
        attempts,
        lease(),
        waiting(parts[1], before, Micros.toInstant(parts[3]), parts[2], failure));
  }

  /// Returns the lease of a delivery in progress.
  public Lease lease() {
    String[] parts = rest.split(" ", 5);
    return new Lease(worker(parts[4]), since, Micros.toInstant(parts[0]));
  }

  /// Returns the newest attempt, if the state contains it.
  public Optional<Attempt> newestAttempt(Optional<FailureCause> failure) {
    return switch (letter) {
      case "P" -> Optional.of(Attempt.begun(attempts.started(), lease()));
      case "C" -> ended(new Attempt.Succeeded(since));
      case "F" -> ended(new Attempt.FailedWith(since, known(failure)));
      default -> Optional.empty();
    };
  }

  private Optional<Attempt> ended(Attempt.End end) {
    String[] parts = rest.split(" ", 2);
    return Optional.of(
        new Attempt(attempts.started(), worker(parts[1]), Micros.toInstant(parts[0]), end));
  }

  private static WorkerId worker(String text) {
    return new WorkerId(Fields.split(text).getFirst());
  }

  /// Returns a worker's name as scripts expect it.
  public static String text(WorkerId worker) {
    return Fields.join(List.of(worker.value()));
  }

  private static FailureCause known(Optional<FailureCause> failure) {
    return failure.orElseGet(
        () -> new FailureCause(FailureCause.Kind.HANDLER, "Unknown", "Redis lost the failure"));
  }
}
