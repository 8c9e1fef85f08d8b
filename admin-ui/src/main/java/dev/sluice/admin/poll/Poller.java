package dev.sluice.admin.poll;

import dev.sluice.admin.api.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks one question again and again, as long as somebody looks at the answer.
///
/// There is never more than one request under way, and the next one waits for its end. An answer
/// that takes more than a quarter of the time between two requests doubles that time. Failures wait
/// longer and longer; a refused key ends all asking.
///
/// Belongs to the screen's thread.
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

  /// After an answer that another try would not change: only a demand or another look asks again.
  private boolean gaveUp;

  private boolean askAgain;
  private boolean closed;
  private int failures;
  private int slowdown = 1;
  private Optional<Instant> lastAsked = Optional.empty();

  /// Until then the service asked to be left alone.
  private Instant notBefore = Instant.MIN;

  /// Gets what comes back, on the screen's thread.
  public interface Listener<T> {

    /// There is an answer.
    ///
    /// @param took from the request to its answer
    void answered(T answer, Duration took);

    /// There is none.
    ///
    /// @param next when it is asked again; empty when it is not
    void failed(Fault fault, Optional<Instant> next);
  }

  /// Asks nothing before [#show].
  ///
  /// @param atLeast time between two requests, whatever the tempo
  /// @param evenPaused whether it goes on, at that pace, while the user wants nothing asked
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

  /// Somebody looks: asks at once, unless it was asked just now.
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
      // Also a screen that is paused has to show something.
      ask();
    }
  }

  /// Changes the time between two requests.
  public void setAtLeast(Duration other) {
    if (!other.equals(atLeast)) {
      atLeast = other;
      tempoChanged();
    }
  }

  /// Nobody looks any more.
  public void hide() {
    visible = false;
    cancel();
  }

  /// Asks now, also where the tempo says not to, and forgets about failures. What is under way does
  /// not count: its answer may be older than the reason to ask.
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

  /// A wait after a failure goes on: neither a click into the window nor another interval may
  /// shorten it.
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

  /// What is left of a period since the last request, and of the time that the service asked for.
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
