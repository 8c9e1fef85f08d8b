package dev.sluice.domain.delivery;

import java.time.Instant;

/// What happens to a delivery when its attempt ends.
public sealed interface Resolution {

  /// The delivery is completed.
  Resolution COMPLETE = new Complete();

  /// The delivery is handed back.
  Resolution HAND_BACK = new HandBack();

  /// The delivery has expired.
  Resolution EXPIRE = new Expire();

  record Complete() implements Resolution {}

  /// The attempt failed and another one follows.
  ///
  /// @param dueAt the earliest time of the next attempt
  record Retry(Instant dueAt, FailureCause cause) implements Resolution {}

  /// The attempt failed and was the last one.
  record DeadLetter(FailureCause cause) implements Resolution {}

  /// The worker stopped before the attempt ended: the attempt does not count, and the delivery
  /// waits as it did before.
  record HandBack() implements Resolution {}

  /// The event expired before the attempt began: the attempt does not count, and none follows.
  record Expire() implements Resolution {}
}
