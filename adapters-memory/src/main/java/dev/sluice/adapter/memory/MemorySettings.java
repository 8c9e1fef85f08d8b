package dev.sluice.adapter.memory;

/// How much the storage keeps. When a limit is reached the longest finished events make room; when
/// there are none, new events are refused.
///
/// @param maxEvents most events kept, finished ones included
/// @param maxBytes most memory for events, as estimated from the lengths of their texts
public record MemorySettings(long maxEvents, long maxBytes) {

  /// @throws IllegalArgumentException when a limit is not positive
  public MemorySettings {
    if (maxEvents < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "maxEvents and maxBytes must be positive, but were " + maxEvents + " and " + maxBytes);
    }
  }
}
