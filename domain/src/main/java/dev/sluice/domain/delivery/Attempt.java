package dev.sluice.domain.delivery;

import java.time.Instant;
import java.util.Optional;

/// An attempt of a delivery, as it is recorded.
///
/// @param number counts from 1 over the whole life of the delivery, replays included
/// @param worker the worker that made it
/// @param startedAt when it began
/// @param end how and when it ended
/// @param subscriptionVersion the version of the subscription under which it was made; 0 while it
///   is in progress, and when its worker did not report it or the subscription was the built-in one
/// @param response what the receiver answered, if one was asked and it is still kept
public record Attempt(
    int number,
    WorkerId worker,
    Instant startedAt,
    End end,
    long subscriptionVersion,
    Optional<Response> response) {

  /// Creates an attempt of which the version of the subscription is not known.
  public Attempt(int number, WorkerId worker, Instant startedAt, End end) {
    this(number, worker, startedAt, end, 0);
  }

  /// Creates an attempt of which no response is kept.
  public Attempt(
      int number, WorkerId worker, Instant startedAt, End end, long subscriptionVersion) {
    this(number, worker, startedAt, end, subscriptionVersion, Optional.empty());
  }

  /// Returns an attempt that begins with this lease.
  public static Attempt begun(int number, Lease lease) {
    return new Attempt(number, lease.worker(), lease.startedAt(), StillRunning.INSTANCE);
  }

  /// Returns this attempt with its end.
  public Attempt ended(Resolution resolution, Instant at) {
    End ending =
        switch (resolution) {
          case Resolution.Complete() -> new Succeeded(at);
          case Resolution.Retry(Instant _, FailureCause cause) -> new FailedWith(at, cause);
          case Resolution.DeadLetter(FailureCause cause) -> new FailedWith(at, cause);
          case Resolution.HandBack(), Resolution.Expire() -> new HandedBack(at);
        };
    return new Attempt(number, worker, startedAt, ending, subscriptionVersion, response);
  }

  /// Returns this attempt with the version of the subscription under which it was made.
  public Attempt under(long version) {
    return new Attempt(number, worker, startedAt, end, version, response);
  }

  /// Returns this attempt with what the receiver answered.
  public Attempt with(Optional<Response> answered) {
    return new Attempt(number, worker, startedAt, end, subscriptionVersion, answered);
  }

  /// How an attempt ended, if it has ended.
  public sealed interface End {}

  public record StillRunning() implements End {
    static final StillRunning INSTANCE = new StillRunning();
  }

  public record Succeeded(Instant at) implements End {}

  public record FailedWith(Instant at, FailureCause cause) implements End {}

  /// The worker stopped before the attempt ended, or did not begin it.
  public record HandedBack(Instant at) implements End {}
}
