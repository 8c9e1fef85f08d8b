package dev.sluice.adapter.broker;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Measures how long deliveries wait in an inbox. Guarded by the inbox's lock.
final class WaitMeter {

  private boolean isUsed;
  private Duration longestTaken = Duration.ZERO;

  /// A delivery was taken out.
  void took(ReceivedDelivery delivery) {
    isUsed = true;
    longestTaken = longer(longestTaken, delivery.age());
  }

  /// Returns the longest wait of the deliveries that were taken since the last call and of those
  /// that wait; empty when none was taken.
  Optional<Duration> longest(Stream<ReceivedDelivery> waiting) {
    if (!isUsed) {
      return Optional.empty();
    }
    Duration longest =
        waiting
            .map(ReceivedDelivery::age)
            .max(Comparator.naturalOrder())
            .map(age -> longer(age, longestTaken))
            .orElse(longestTaken);
    longestTaken = Duration.ZERO;
    isUsed = false;
    return Optional.of(longest);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
