package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliveryState;
import org.jspecify.annotations.Nullable;

/// Lets deliveries that end alike share what is kept of it: those that are settled together have
/// mostly been claimed together and completed at their first attempt. So the garbage collector has
/// fewer objects to mark and to move.
final class SharedEndings {

  private @Nullable DeliveryState state;
  private Attempt @Nullable [] attempts;

  /// Returns an equal state, the same object as before where possible.
  DeliveryState state(DeliveryState ended) {
    DeliveryState known = state;
    if (known != null && known.equals(ended)) {
      return known;
    }
    // Others are rare, and may have long messages to compare.
    state = ended instanceof DeliveryState.Completed ? ended : known;
    return ended;
  }

  /// Returns the attempts of a delivery after its first one, the same array as before where
  /// possible; it must not be changed.
  Attempt[] onlyAttempt(Attempt attempt) {
    Attempt[] known = attempts;
    if (known != null && known[0].equals(attempt)) {
      return known;
    }
    Attempt[] only = {attempt};
    attempts = attempt.end() instanceof Attempt.Succeeded ? only : known;
    return only;
  }
}
