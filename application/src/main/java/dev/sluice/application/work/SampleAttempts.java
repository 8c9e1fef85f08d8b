package dev.sluice.application.work;

import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes single attempts outside of the queue: nothing is claimed, stored or counted.
public final class SampleAttempts {

  /// A caller waits for each attempt, so a longer timeout of a subscription is cut to this.
  public static final Duration LONGEST = Duration.ofSeconds(30);

  /// More attempts at once are refused. One whose handler ignores its interrupt counts until the
  /// handler returns.
  public static final int MOST_AT_ONCE = 4;

  private final Handlers handlers;
  private final Duration timeout;
  private final TimeSource clock;
  private final Semaphore permits = new Semaphore(MOST_AT_ONCE);

  /// @param timeout of subscriptions without their own
  public SampleAttempts(Handlers handlers, Duration timeout, TimeSource clock) {
    this.handlers = handlers;
    this.timeout = timeout;
    this.clock = clock;
  }

  /// Returns the handler of a subscription, stored or not, if this node has one.
  public Optional<EventHandler> handlerOf(Subscription subscription) {
    return handlers.handlerOf(subscription);
  }

  /// Returns the attempt that would be made now.
  public AttemptContext contextOf(Subscription subscription) {
    return new AttemptContext(
        subscription.name(),
        subscription.definition().destination(),
        1,
        1,
        clock.instant().plus(limitOf(subscription)),
        limitOf(subscription),
        handlers.policyOf(subscription).ceiling(1));
  }

  private Duration limitOf(Subscription subscription) {
    Duration limit = handlers.timeoutOf(subscription, timeout);
    return limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
  }

  /// Makes one attempt and returns when it ends, or when its time is over.
  ///
  /// @param subscription stored or not
  public SampleAttempt make(Subscription subscription, Event event) {
    Optional<EventHandler> handler = handlerOf(subscription);
    if (handler.isEmpty()) {
      return new SampleAttempt.NoHandler();
    }
    if (!permits.tryAcquire()) {
      return new SampleAttempt.Busy();
    }
    long begun = clock.nanoTime();
    EventHandler sampling =
        handler.get() instanceof PacedHandler paced ? paced::sample : handler.get();
    Outcome outcome = outcomeOf(sampling, event, subscription);
    return new SampleAttempt.Made(outcome, Duration.ofNanos(clock.nanoTime() - begun));
  }

  private Outcome outcomeOf(EventHandler handler, Event event, Subscription subscription) {
    AttemptContext context = contextOf(subscription);
    var outcome = new CompletableFuture<Outcome>();
    Thread thread =
        Thread.startVirtualThread(
            () -> {
              Outcome ended = HandlerCall.outcomeOf(handler, event, context);
              // Before the caller goes on: its next attempt finds the permit free.
              permits.release();
              outcome.complete(ended);
            });
    return await(outcome, thread, limitOf(subscription));
  }

  private static Outcome await(
      CompletableFuture<Outcome> outcome, Thread thread, Duration longest) {
    try {
      return outcome.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return timedOut(longest);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return Outcome.failed("Interrupted", "the node is shutting down");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an attempt ended without an outcome", e);
    }
  }

  private static Outcome timedOut(Duration longest) {
    var cause =
        new FailureCause(
            FailureCause.Kind.TIMEOUT,
            "TimedOut",
            "no outcome within " + longest.toMillis() + " ms");
    return new Outcome.Failed(true, cause, Duration.ZERO);
  }
}
