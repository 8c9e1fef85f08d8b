package dev.sluice.domain.port;

import dev.sluice.domain.delivery.EventSummary;

/// The result of an operator action on an event.
public sealed interface ControlResult {

  /// The action was applied.
  ///
  /// @param event the event after the action
  /// @param deliveries number of deliveries that changed
  record Changed(EventSummary event, int deliveries) implements ControlResult {}

  /// No delivery of the event is in a state that allows the action; nothing was changed.
  record NotAllowed(EventSummary event) implements ControlResult {}

  /// There is no such event.
  record NotFound() implements ControlResult {}
}
