package dev.sluice.adapter.broker.connection;

import java.time.Duration;

/// How many deliveries of a queue a node takes ahead of its workers.
///
/// Many while they go through quickly, so that workers do not wait for RabbitMQ. As many as there
/// are slots when they wait here, so that other nodes with free workers get the rest.
///
/// @param least where handlers are slow
/// @param most where they are quick
public record Prefetch(int least, int most) {

  /// What waited here for longer would have begun sooner elsewhere.
  private static final Duration LONG = Duration.ofSeconds(1);

  private static final Duration SHORT = Duration.ofMillis(100);
  private static final int MOST_PER_SLOT = 4;
  private static final int FEW = 16;

  /// For a node with so many slots.
  public static Prefetch forSlots(int slots) {
    return new Prefetch(slots, Math.max(FEW, MOST_PER_SLOT * slots));
  }

  /// What is right after the delivery that has waited longest has waited for so long.
  public int after(Duration longest, int present) {
    if (longest.compareTo(LONG) > 0) {
      return least;
    }
    return longest.compareTo(SHORT) < 0 ? most : present;
  }
}
