package dev.sluice.adapter.memory;

import dev.sluice.domain.claim.PriorityOrder;

/// The limits of the storage. When one is reached, the events that finished first are deleted to
/// make room; when there are none, new events are rejected.
///
/// @param maxEvents maximum number of events, including finished ones
/// @param maxBytes maximum memory for events, as estimated from the lengths of their texts
/// @param order in which due deliveries begin
public record MemorySettings(long maxEvents, long maxBytes, PriorityOrder order) {

  /// @throws IllegalArgumentException when a limit is not positive
  public MemorySettings {
    if (maxEvents < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "maxEvents and maxBytes must be positive, but were " + maxEvents + " and " + maxBytes);
    }
  }

  /// Creates limits with the usual order.
  public MemorySettings(long maxEvents, long maxBytes) {
    this(maxEvents, maxBytes, PriorityOrder.DEFAULT);
  }
}
