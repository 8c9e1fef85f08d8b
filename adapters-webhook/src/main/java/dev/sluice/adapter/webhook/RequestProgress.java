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
final class RequestProgress {

  private static final ScopedValue<RequestProgress> CURRENT = ScopedValue.newInstance();

  private final TimeSource time;
  private final Duration deadline;
  private final long start;
  private final Map<RequestPhase, Long> starts = new EnumMap<>(RequestPhase.class);
  private final Map<RequestPhase, Duration> durations = new EnumMap<>(RequestPhase.class);

  private volatile boolean isExpired;
  private RequestPhase phase = RequestPhase.WAIT;
  private Optional<Duration> firstByte = Optional.empty();
  private boolean foundStaleConnection;

  RequestProgress(TimeSource time, Duration deadline) {
    this.time = time;
    this.deadline = deadline;
    this.start = time.nanoTime();
  }

  /// @throws java.util.NoSuchElementException when the thread makes no attempt
  static RequestProgress current() {
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

  void began(RequestPhase began) {
    phase = began;
    starts.put(began, time.nanoTime());
  }

  void ended(RequestPhase ended) {
    Long began = starts.get(ended);
    if (began != null) {
      durations.put(ended, Duration.ofNanos(time.nanoTime() - began));
    }
  }

  void headRead() {
    firstByte = Optional.of(elapsed());
    began(RequestPhase.BODY);
  }

  RequestPhase phase() {
    return phase;
  }

  void expire() {
    isExpired = true;
  }

  boolean isExpired() {
    return isExpired;
  }

  /// Notes that a connection from the pool ended before a byte of a response came. The receiver may
  /// have closed it before it saw the request, so this does not count as a failure.
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
        duration(RequestPhase.RESOLVE),
        duration(RequestPhase.CONNECT),
        duration(RequestPhase.TLS),
        firstByte,
        elapsed());
  }

  private Optional<Duration> duration(RequestPhase of) {
    return Optional.ofNullable(durations.get(of));
  }
}
