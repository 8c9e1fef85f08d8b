package dev.sluice.domain.delivery;

import java.time.Instant;

/// One try of a delivery, as the record that stays of it.
///
/// @param number counts from 1 over the whole life of the delivery, replays included
/// @param worker who made it
/// @param startedAt when it began
/// @param end how and when it ended
public record Attempt(int number, WorkerId worker, Instant startedAt, End end) {

  /// The attempt that begins with this lease.
  public static Attempt begun(int number, Lease lease) {
    return new Attempt(number, lease.worker(), lease.startedAt(), StillRunning.INSTANCE);
  }

  /// The same attempt, over.
  public Attempt ended(Resolution resolution, Instant at) {
    End ending =
        switch (resolution) {
          case Resolution.Complete() -> new Succeeded(at);
          case Resolution.Retry(Instant _, FailureCause cause) -> new FailedWith(at, cause);
          case Resolution.DeadLetter(FailureCause cause) -> new FailedWith(at, cause);
          case Resolution.HandBack() -> new HandedBack(at);
        };
    return new Attempt(number, worker, startedAt, ending);
  }

  /// How an attempt ended, if it did.
  public sealed interface End {}

  /// It has not ended.
  public record StillRunning() implements End {
    static final StillRunning INSTANCE = new StillRunning();
  }

  public record Succeeded(Instant at) implements End {}

  public record FailedWith(Instant at, FailureCause cause) implements End {}

  /// Its worker stopped before the end.
  public record HandedBack(Instant at) implements End {}
}
