package dev.sluice.adapter.broker.connection;

import java.time.Duration;

/// How many deliveries of a queue a node takes ahead of its workers.
///
/// Many while they are begun quickly, so that workers do not wait for RabbitMQ. As many as there
/// are slots when they wait here, so that other nodes with free workers get the rest.
///
/// @param least when handlers are slow
/// @param most when they are fast
public record Prefetch(int least, int most) {

  /// A delivery that waits here for longer would have begun sooner on another node.
  private static final Duration LONG = Duration.ofSeconds(1);

  private static final Duration SHORT = Duration.ofMillis(100);
  private static final int MOST_PER_SLOT = 4;
  private static final int FEW = 16;

  /// Returns the prefetch for a node with this many slots.
  public static Prefetch forSlots(int slots) {
    return new Prefetch(slots, Math.max(FEW, MOST_PER_SLOT * slots));
  }

  /// Returns the number to take from now on.
  ///
  /// @param longest how long the delivery that waited longest has waited
  /// @param present the current number
  public int after(Duration longest, int present) {
    if (longest.compareTo(LONG) > 0) {
      return least;
    }
    return longest.compareTo(SHORT) < 0 ? most : present;
  }
}
