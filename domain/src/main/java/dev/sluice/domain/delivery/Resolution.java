package dev.sluice.domain.delivery;

import java.time.Instant;

/// What becomes of a delivery whose attempt is over.
public sealed interface Resolution {

  /// It is done.
  Resolution COMPLETE = new Complete();

  /// It goes back untouched.
  Resolution HAND_BACK = new HandBack();

  record Complete() implements Resolution {}

  /// The attempt failed and another one follows.
  ///
  /// @param dueAt not before this time
  record Retry(Instant dueAt, FailureCause cause) implements Resolution {}

  /// The attempt failed and was the last one.
  record DeadLetter(FailureCause cause) implements Resolution {}

  /// The worker stops before the end: the attempt does not count, and the delivery waits where it
  /// waited before.
  record HandBack() implements Resolution {}
}
