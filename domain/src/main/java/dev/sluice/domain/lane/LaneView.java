package dev.sluice.domain.lane;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.event.EventId;

/// A lane as operators see it.
///
/// @param id its name
/// @param head the event of its head; of a blocked lane the event of the dead letter
/// @param state the state of the head; [DeliveryState.Failed] when the lane is blocked, whose cause
///   and time say why and since when
/// @param behind how many deliveries are behind the head
public record LaneView(LaneId id, EventId head, DeliveryState state, long behind) {

  /// Returns whether the lane waits for an operator.
  public boolean isBlocked() {
    return state instanceof DeliveryState.Failed;
  }
}
