package dev.sluice.domain.port;

import dev.sluice.domain.delivery.EventSummary;

/// What became of an event that was to be stored.
public sealed interface AppendResult {

  /// It is stored and waits for its workers.
  record Stored(EventSummary event) implements AppendResult {}

  /// An event with the same id was stored before; nothing was changed.
  record Duplicate(ExistingEvent existing) implements AppendResult {}

  /// The storage has reached its limit and nothing that may go can make room; nothing was changed.
  record Full() implements AppendResult {}

  /// Another caller is storing an event with this id, and how that ends is not known yet; nothing
  /// was changed.
  record Contended() implements AppendResult {}
}
