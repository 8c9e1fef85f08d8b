package dev.sluice.domain.port;

import dev.sluice.domain.delivery.EventSummary;

/// The result of appending an event.
public sealed interface AppendResult {

  /// The event is stored and its deliveries wait for workers.
  record Stored(EventSummary event) implements AppendResult {}

  /// An event with the same id was stored before; nothing was changed.
  record Duplicate(ExistingEvent existing) implements AppendResult {}

  /// The storage has reached its limit and can delete nothing to make room; nothing was changed.
  record Full() implements AppendResult {}

  /// Another caller is storing an event with this id, and the result of that is not known yet;
  /// nothing was changed.
  record Contended() implements AppendResult {}
}
