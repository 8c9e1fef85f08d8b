package dev.sluice.admin.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A lane of an ordered subscription: the deliveries of one key, of which only the head can begin.
///
/// @param blocked whether it waits for an operator, because its head became a dead letter
/// @param head event of its head
/// @param state status of the head
/// @param attempts attempts of the head
/// @param behind how many deliveries wait for their turn
/// @param since when the head entered its state
/// @param lastError why the newest attempt of the head failed; null if it did not
public record Lane(
    String key,
    boolean blocked,
    String head,
    String state,
    long attempts,
    long behind,
    Instant since,
    @Nullable Failure lastError) {

  public Lane {
    Required.members("lane", key, head, state, since);
  }
}
