package dev.sluice.application.work;

import dev.sluice.domain.delivery.Outcome;
import java.time.Duration;

/// What became of an attempt to deliver a sample.
public sealed interface SampleAttempt {

  /// It was made.
  ///
  /// @param outcome how it ended
  /// @param took until then
  record Made(Outcome outcome, Duration took) implements SampleAttempt {}

  /// It was not made: [SampleAttempts#MOST_AT_ONCE] are in progress.
  record Busy() implements SampleAttempt {}

  /// It was not made: this node has no handler for the destination.
  record NoHandler() implements SampleAttempt {}
}
