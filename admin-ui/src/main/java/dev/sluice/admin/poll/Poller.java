package dev.sluice.admin.poll;

import dev.sluice.admin.api.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Repeats one request while its result is visible.
///
/// At most one request is in progress, and the next one waits for its end. A response that takes
/// more than a quarter of the interval doubles the interval. Delays after failures grow; a rejected
/// key stops all polling.
///
/// Confined to the screen's thread.
public final class Poller<T> implements AutoCloseable {

  private static final int SLOW = 4;
  private static final int QUICK = 20;

  private final Lanes lanes;
  private final Tempo tempo;
  private Duration atLeast;
  private final boolean evenPaused;
  private final Supplier<T> question;
  private final Listener<T> listener;
  private final Runnable tempoEnds;

  private Runnable waiting = () -> {};
  private boolean visible;
  private boolean underWay;
  private boolean isWaiting;

  /// Set after a failure that a retry would not change: only [#now] or [#show] send a request
  /// again.
  private boolean gaveUp;

  private boolean askAgain;
  private boolean closed;
  private int failures;
  private int slowdown = 1;
  private Optional<Instant> lastAsked = Optional.empty();

  /// The service asked not to be called before this time.
  private Instant notBefore = Instant.MIN;

  /// Receives results, on the screen's thread.
  public interface Listener<T> {

    /// Called with a response.
    ///
    /// @param took time from the request to the response
    void answered(T answer, Duration took);

    /// Called when a request failed.
    ///
    /// @param next time of the next request; empty if there is none
    void failed(Fault fault, Optional<Instant> next);
  }

  /// Creates a poller that sends nothing before [#show].
  ///
  /// @param atLeast minimum interval between two requests, whatever the tempo
  /// @param evenPaused whether polling continues, less often, while the user has paused updates
  public Poller(
      Lanes lanes,
      Tempo tempo,
      Duration atLeast,
      boolean evenPaused,
      Supplier<T> question,
      Listener<T> listener) {
    this.lanes = lanes;
    this.tempo = tempo;
    this.atLeast = atLeast;
    this.evenPaused = evenPaused;
    this.question = question;
    this.listener = listener;
    this.tempoEnds = tempo.onChange(this::tempoChanged);
  }

  /// Starts polling: sends a request at once unless the last one is recent.
  public void show() {
    if (visible || closed) {
      return;
    }
    visible = true;
    gaveUp = false;
    if (underWay || tempo.isStopped()) {
      return;
    }
    Optional<Duration> period = period();
    if (period.isPresent()) {
      schedule(left(period.get()));
    } else if (lastAsked.isEmpty()) {
      // A screen needs data even while updates are paused.
      ask();
    }
  }

  /// Changes the minimum interval between two requests.
  public void setAtLeast(Duration other) {
    if (!other.equals(atLeast)) {
      atLeast = other;
      tempoChanged();
    }
  }

  /// Stops polling until the next [#show].
  public void hide() {
    visible = false;
    cancel();
  }

  /// Sends a request now, even while updates are paused, and resets the failure count. If a request
  /// is in progress, sends another after it, because its response can be older than the reason to
  /// refresh.
  public void now() {
    failures = 0;
    gaveUp = false;
    if (underWay) {
      askAgain = true;
    } else if (!closed && !tempo.isStopped()) {
      cancel();
      ask();
    }
  }

  @Override
  public void close() {
    closed = true;
    hide();
    tempoEnds.run();
  }

  /// Keeps a delay after a failure: neither a click into the window nor a new interval may shorten
  /// it.
  private void tempoChanged() {
    Optional<Duration> period = period();
    if (period.isEmpty()) {
      cancel();
      failures = 0;
    } else if (visible && !underWay && !gaveUp && (failures == 0 || !isWaiting)) {
      schedule(left(period.get()));
    }
  }

  private Optional<Duration> period() {
    return tempo
        .period(atLeast, evenPaused)
        .map(
            period -> {
              Duration slow = period.multipliedBy(slowdown);
              Duration most = period.compareTo(Backoff.LONGEST) > 0 ? period : Backoff.LONGEST;
              return slow.compareTo(most) < 0 ? slow : most;
            });
  }

  /// Returns the time until the next request: the rest of the period since the last one, or of the
  /// delay that the service asked for.
  private Duration left(Duration period) {
    Instant now = lanes.timer().now();
    Instant due = lastAsked.map(asked -> asked.plus(period)).orElse(now);
    Instant next = due.isAfter(notBefore) ? due : notBefore;
    return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
  }

  private void cancel() {
    waiting.run();
    isWaiting = false;
  }

  private void schedule(Duration wait) {
    cancel();
    if (wait.isZero()) {
      ask();
      return;
    }
    isWaiting = true;
    waiting = lanes.timer().after(wait, () -> lanes.screen().execute(this::askIfWanted));
  }

  private void askIfWanted() {
    isWaiting = false;
    if (visible && !underWay && !closed && period().isPresent()) {
      ask();
    }
  }

  private void ask() {
    underWay = true;
    Instant start = lanes.timer().now();
    lastAsked = Optional.of(start);
    lanes.ask(question, answer -> answered(answer, start), this::failed);
  }

  private void answered(T answer, Instant start) {
    underWay = false;
    if (closed) {
      return;
    }
    failures = 0;
    Duration took = Duration.between(start, lanes.timer().now());
    adapt(took);
    try {
      listener.answered(answer, took);
    } finally {
      goOn();
    }
  }

  private void adapt(Duration took) {
    Optional<Duration> period = period();
    if (period.isEmpty()) {
      return;
    }
    if (took.multipliedBy(SLOW).compareTo(period.get()) > 0) {
      slowdown = Math.min(slowdown * 2, 64);
    } else if (slowdown > 1 && took.multipliedBy(QUICK).compareTo(period.get()) < 0) {
      slowdown /= 2;
    }
  }

  private void failed(Fault fault) {
    underWay = false;
    if (closed) {
      return;
    }
    failures++;
    if (fault instanceof Fault.KeyRefused) {
      tempo.stop();
    }
    Optional<Duration> wait =
        period()
            .filter(_ -> visible && !(fault instanceof Fault.Forbidden))
            .map(period -> Backoff.after(fault, failures, period, lanes.chance()));
    gaveUp = fault instanceof Fault.Forbidden;
    if (fault instanceof Fault.Busy busy) {
      notBefore = lanes.timer().now().plus(busy.retryAfter());
    }
    if (askAgain) {
      listener.failed(fault, Optional.of(lanes.timer().now()));
      goOn();
      return;
    }
    listener.failed(fault, wait.map(lanes.timer().now()::plus));
    wait.ifPresent(this::schedule);
  }

  private void goOn() {
    if (askAgain && !tempo.isStopped()) {
      askAgain = false;
      ask();
    } else if (visible) {
      period().ifPresent(period -> schedule(left(period)));
    }
  }
}
