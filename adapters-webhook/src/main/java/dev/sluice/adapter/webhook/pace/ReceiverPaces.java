package dev.sluice.adapter.webhook.pace;

import dev.sluice.application.work.ReceiverView;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The pace of each subscription's receiver. When a subscription gets another receiver, its pace
/// starts from the beginning. Takes about 1.2 KB for each receiver.
public final class ReceiverPaces {

  /// What a circuit breaker counts as a failure.
  static final String FAILED = "failed";

  static final Duration OPEN_FOR = Duration.ofSeconds(30);

  /// Above this many receivers, those that nothing was sent to for long are forgotten.
  static final int MAX_RECEIVERS = 25_000;

  private static final int WINDOW = 20;
  private static final int LEAST_CALLS = 10;
  private static final int FAILURE_PERCENT = 70;

  private final TimeSource time;
  private final CircuitBreakerConfig config;
  private final Map<SubscriptionName, ReceiverPace> paces = new ConcurrentHashMap<>();

  public ReceiverPaces(TimeSource time) {
    this.time = time;
    this.config =
        CircuitBreakerConfig.custom()
            .slidingWindow(WINDOW, LEAST_CALLS, SlidingWindowType.COUNT_BASED)
            .failureRateThreshold(FAILURE_PERCENT)
            .waitDurationInOpenState(OPEN_FOR)
            .recordResult(FAILED::equals)
            .permittedNumberOfCallsInHalfOpenState(1)
            .automaticTransitionFromOpenToHalfOpenEnabled(false)
            .clock(new MonotonicClock(time))
            .currentTimestampFunction(_ -> time.nanoTime(), TimeUnit.NANOSECONDS)
            .build();
  }

  /// Returns the pace of a subscription's receiver.
  ///
  /// @param host its host and port
  public ReceiverPace of(SubscriptionName subscription, String host) {
    ReceiverPace known = paces.get(subscription);
    return known != null && known.host().equals(host) ? known : begin(subscription, host);
  }

  private ReceiverPace begin(SubscriptionName subscription, String host) {
    if (paces.size() >= MAX_RECEIVERS) {
      // Rare: more subscriptions were deleted than there can be.
      paces.clear();
    }
    return paces.compute(
        subscription,
        (name, known) ->
            known != null && known.host().equals(host)
                ? known
                : new ReceiverPace(host, CircuitBreaker.of(name.value(), config), time));
  }

  /// Returns a pace for one request outside of the queue, which is not kept.
  public ReceiverPace forSample(SubscriptionName subscription, String host) {
    return new ReceiverPace(host, CircuitBreaker.of(subscription.value(), config), time);
  }

  /// Returns how many requests a receiver gets at once that nothing was sent to.
  public static int limitOfUnknown(int most) {
    return Math.min(AdaptiveLimit.FIRST, most);
  }

  /// Says how a receiver is treated that nothing was sent to.
  public static ReceiverView viewOfUnknown(int most) {
    return new ReceiverView(
        ReceiverView.State.OPEN,
        Optional.empty(),
        "",
        limitOfUnknown(most),
        0,
        new RecentRequests().byClass(),
        Optional.empty());
  }

  /// Returns the pace of a subscription's receiver, if something was sent to it.
  public Optional<ReceiverPace> find(SubscriptionName subscription) {
    return Optional.ofNullable(paces.get(subscription));
  }
}
