package dev.sluice.application.work;

import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A paced handler whose limit a test sets, and that counts its attempts in progress.
final class PacedFixture implements PacedHandler {

  private final EventHandler behind;
  private final int slots;
  private volatile int limit;
  private final AtomicInteger inProgress = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  PacedFixture(int slots, int limit, EventHandler behind) {
    this.slots = slots;
    this.limit = limit;
    this.behind = behind;
  }

  void setLimit(int newLimit) {
    limit = newLimit;
  }

  /// The most attempts that were in progress at once.
  int most() {
    return most.get();
  }

  @Override
  public Outcome handle(Event event, AttemptContext attempt) throws Exception {
    int now = inProgress.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    try {
      return behind.handle(event, attempt);
    } finally {
      inProgress.decrementAndGet();
    }
  }

  @Override
  public Outcome sample(Event event, AttemptContext attempt) throws Exception {
    return behind.handle(event, attempt);
  }

  @Override
  public int limitOf(Subscription subscription) {
    return limit;
  }

  @Override
  public ReceiverView viewOf(Subscription subscription) {
    return new ReceiverView(
        ReceiverView.State.OPEN,
        Optional.empty(),
        "",
        limit,
        inProgress.get(),
        Map.of(),
        Optional.empty());
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public Duration pauseAfter() {
    return Duration.ZERO;
  }

  @Override
  public Duration timeout() {
    return Duration.ofHours(1);
  }
}
