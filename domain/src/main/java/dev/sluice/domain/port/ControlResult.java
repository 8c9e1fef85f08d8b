package dev.sluice.domain.port;

import dev.sluice.domain.delivery.EventSummary;

/// What became of an operator's wish.
public sealed interface ControlResult {

  /// It was done.
  ///
  /// @param event the event as it is now
  /// @param deliveries how many of its deliveries changed
  record Changed(EventSummary event, int deliveries) implements ControlResult {}

  /// No delivery of the event is in a state that allows it; nothing was changed.
  record NotAllowed(EventSummary event) implements ControlResult {}

  /// There is no such event.
  record NotFound() implements ControlResult {}
}
