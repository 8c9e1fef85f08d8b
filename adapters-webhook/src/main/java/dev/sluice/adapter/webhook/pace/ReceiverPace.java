package dev.sluice.adapter.webhook.pace;

import dev.sluice.application.work.ReceiverView;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What this node knows about the receiver of one subscription. Safe for concurrent use.
///
/// A circuit breaker opens when at least 7 of the last 10 to 20 requests failed, or 5 in a row got
/// no response in time: a receiver that hangs fills slots long before ten requests are over. After
/// 30 seconds, one request at a time shows whether the receiver is back.
public final class ReceiverPace {

  private static final int MAX_TIMEOUTS = 5;
  private static final Duration CROWDED_FOR = Duration.ofSeconds(5);

  private final String host;
  private final CircuitBreaker breaker;
  private final TimeSource time;

  /// Guarded by this object's monitor, as are all fields below.
  private final AdaptiveLimit limit = new AdaptiveLimit();

  private final RecentRequests recent = new RecentRequests();
  private int inFlight;
  private int lastMost = Integer.MAX_VALUE;
  private int timeoutsInARow;
  private @Nullable TimeLimit pause;
  private String pauseReason = "";
  private @Nullable TimeLimit open;

  ReceiverPace(String host, CircuitBreaker breaker, TimeSource time) {
    this.host = host;
    this.breaker = breaker;
    this.time = time;
  }

  /// Returns the host and port of the receiver.
  String host() {
    return host;
  }

  /// Returns how many requests may be in progress now.
  ///
  /// @param most how many the subscription allows
  public synchronized int limit(int most) {
    lastMost = most;
    if (isPaused()) {
      return 0;
    }
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> isOpen() ? 0 : 1;
      case HALF_OPEN -> 1;
      case CLOSED, DISABLED, METRICS_ONLY -> limit.limit(most);
    };
  }

  /// Asks for permission to send a request. Each permission must be followed by one call of
  /// [#succeeded], [#failed], [#throttled], [#responded] or [#notSent].
  public synchronized boolean begin() {
    boolean isAllowed = breaker.tryAcquirePermission();
    inFlight += isAllowed ? 1 : 0;
    return isAllowed;
  }

  /// Records a response that shows that the receiver works.
  public synchronized void succeeded() {
    inFlight--;
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    timeoutsInARow = 0;
    limit.grow(lastMost);
  }

  /// Records a failure.
  ///
  /// @param isSlow whether the receiver should get fewer requests at once
  /// @param isTimeout whether there was no response in time
  public synchronized void failed(boolean isSlow, boolean isTimeout) {
    inFlight--;
    State before = breaker.getState();
    breaker.onResult(0, TimeUnit.NANOSECONDS, ReceiverPaces.FAILED);
    timeoutsInARow = isTimeout ? timeoutsInARow + 1 : 0;
    if (timeoutsInARow >= MAX_TIMEOUTS && breaker.getState() == State.CLOSED) {
      breaker.transitionToOpenState();
    }
    if (isSlow) {
      limit.halve(lastMost);
    }
    if (breaker.getState() == State.OPEN && (before != State.OPEN || open == null)) {
      open = TimeLimit.of(time, ReceiverPaces.OPEN_FOR);
      limit.fall();
    }
  }

  /// Records that the receiver asked for a pause. It works, so the circuit breaker does not count
  /// that.
  public synchronized void throttled(Duration wait) {
    inFlight--;
    endWithoutVerdict();
    timeoutsInARow = 0;
    limit.halve(lastMost);
    pause(wait, "The receiver asked for a pause with Retry-After.");
  }

  private void pause(Duration wait, String reason) {
    if (pause == null || pause.rest().compareTo(wait) < 0) {
      pause = TimeLimit.of(time, wait);
      pauseReason = reason;
    }
  }

  /// Records a response about this request only, such as one that can never be accepted: it neither
  /// shows that the next one will succeed, nor that the receiver hangs.
  public synchronized void responded() {
    inFlight--;
    endWithoutVerdict();
    timeoutsInARow = 0;
  }

  /// Any response to a probe shows that the receiver is back.
  private void endWithoutVerdict() {
    if (breaker.getState() == State.HALF_OPEN) {
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    } else {
      breaker.releasePermission();
    }
  }

  /// Records that no request was sent.
  ///
  /// @param isCrowded whether fewer should be sent at once, because all connections are in use.
  ///   Where even one is too many, none is sent for some seconds: each try leaves a record
  public synchronized void notSent(boolean isCrowded) {
    inFlight--;
    breaker.releasePermission();
    if (isCrowded) {
      limit.halve(lastMost);
      if (limit.limit(lastMost) == 1) {
        pause(CROWDED_FOR, "All connections of this node to the receiver are in use.");
      }
    }
  }

  /// Records how a request ended, for people to see.
  ///
  /// @param status 0 when there was no complete response
  public synchronized void observed(int status, Duration took) {
    recent.add(status, took);
  }

  /// Says how the receiver is treated now.
  ///
  /// @param most how many requests the subscription allows at once
  public synchronized ReceiverView view(int most) {
    if (pause != null && !pause.isOver()) {
      return view(ReceiverView.State.PAUSED, Optional.of(pause), pauseReason, 0);
    }
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN ->
          view(ReceiverView.State.BROKEN, Optional.ofNullable(open), whyOpen(), 0);
      case HALF_OPEN -> view(ReceiverView.State.HALF_OPEN, Optional.empty(), "", 1);
      case CLOSED, DISABLED, METRICS_ONLY ->
          view(ReceiverView.State.OPEN, Optional.empty(), "", limit.limit(most));
    };
  }

  private String whyOpen() {
    int all = breaker.getMetrics().getNumberOfBufferedCalls();
    if (timeoutsInARow >= MAX_TIMEOUTS) {
      return "The last " + timeoutsInARow + " requests got no response in time.";
    }
    return all == 1
        ? "The last request failed."
        : breaker.getMetrics().getNumberOfFailedCalls()
            + " of the last "
            + all
            + " requests failed.";
  }

  private ReceiverView view(
      ReceiverView.State state, Optional<TimeLimit> wait, String reason, int most) {
    return new ReceiverView(
        state,
        wait.map(limited -> time.instant().plus(limited.rest())),
        reason,
        most,
        inFlight,
        recent.byClass(),
        recent.latency());
  }

  private boolean isPaused() {
    return pause != null && !pause.isOver();
  }

  private boolean isOpen() {
    return open != null && !open.isOver();
  }
}
