package dev.sluice.adapter.webhook;

import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The deadline of a request, and how far it has come.
///
/// Only the thread that sends writes here, except for [#expire], which a timer calls too. The parts
/// of the client find the attempt by [#current], since a resolver is asked with a name alone.
final class Attempt {

  private static final ScopedValue<Attempt> CURRENT = ScopedValue.newInstance();

  private final TimeSource time;
  private final Duration deadline;
  private final long start;
  private final Map<AttemptPhase, Long> starts = new EnumMap<>(AttemptPhase.class);
  private final Map<AttemptPhase, Duration> durations = new EnumMap<>(AttemptPhase.class);

  private volatile boolean isExpired;
  private AttemptPhase phase = AttemptPhase.WAIT;
  private Optional<Duration> firstByte = Optional.empty();
  private boolean foundStaleConnection;

  Attempt(TimeSource time, Duration deadline) {
    this.time = time;
    this.deadline = deadline;
    this.start = time.nanoTime();
  }

  /// @throws java.util.NoSuchElementException when the thread makes no attempt
  static Attempt current() {
    return CURRENT.get();
  }

  <R> R call(ScopedValue.CallableOp<R, RuntimeException> action) {
    return ScopedValue.where(CURRENT, this).call(action);
  }

  Duration deadline() {
    return deadline;
  }

  /// Returns the time until the deadline; zero or less when it has passed.
  Duration remaining() {
    return deadline.minus(elapsed());
  }

  private Duration elapsed() {
    return Duration.ofNanos(time.nanoTime() - start);
  }

  void began(AttemptPhase began) {
    phase = began;
    starts.put(began, time.nanoTime());
  }

  void ended(AttemptPhase ended) {
    Long began = starts.get(ended);
    if (began != null) {
      durations.put(ended, Duration.ofNanos(time.nanoTime() - began));
    }
  }

  void headRead() {
    firstByte = Optional.of(elapsed());
    began(AttemptPhase.BODY);
  }

  AttemptPhase phase() {
    return phase;
  }

  void expire() {
    isExpired = true;
  }

  boolean isExpired() {
    return isExpired;
  }

  /// Notes that a connection from the pool ended before a byte of an answer came. The receiver may
  /// have closed it before it saw the request, which is nobody's failure.
  void foundStaleConnection() {
    foundStaleConnection = true;
  }

  /// Returns whether another connection should be tried; at most once true.
  boolean takeStaleConnection() {
    boolean isStale = foundStaleConnection && !isExpired && !Thread.currentThread().isInterrupted();
    foundStaleConnection = false;
    return isStale;
  }

  SendTimes times() {
    return new SendTimes(
        duration(AttemptPhase.RESOLVE),
        duration(AttemptPhase.CONNECT),
        duration(AttemptPhase.TLS),
        firstByte,
        elapsed());
  }

  private Optional<Duration> duration(AttemptPhase of) {
    return Optional.ofNullable(durations.get(of));
  }
}
