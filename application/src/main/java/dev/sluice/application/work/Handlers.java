package dev.sluice.application.work;

import dev.sluice.application.subscription.KnownSubscriptions;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Finds the handler and the policies of a subscription.
public final class Handlers {

  private final SubscriptionCache subscriptions;
  private final Map<String, EventHandler> handlers;
  private final RetryPolicy defaultRetries;

  /// @param handlers all handlers, by the kind of destination that they deliver to
  /// @param defaultRetries for subscriptions without a retry policy of their own
  public Handlers(
      SubscriptionCache subscriptions,
      Map<String, EventHandler> handlers,
      RetryPolicy defaultRetries) {
    this.subscriptions = subscriptions;
    this.handlers = Map.copyOf(handlers);
    this.defaultRetries = defaultRetries;
  }

  /// What an attempt of a subscription that begins now runs with; empty when the subscription is
  /// unknown or this node has no handler for its destination.
  ///
  /// @param defaultTimeout for subscriptions without a time limit of their own
  Optional<AttemptSetup> setupOf(SubscriptionName name, Duration defaultTimeout) {
    return subscriptions.find(name).flatMap(found -> setupOf(found, defaultTimeout));
  }

  private Optional<AttemptSetup> setupOf(Subscription subscription, Duration defaultTimeout) {
    return handlerOf(subscription)
        .map(
            handler ->
                new AttemptSetup(
                    subscription.version(),
                    subscription.definition().destination(),
                    handler,
                    timeoutOf(subscription, handler, defaultTimeout),
                    policyOf(subscription)));
  }

  private static Duration timeoutOf(
      Subscription subscription, EventHandler handler, Duration defaultTimeout) {
    return subscription
        .definition()
        .policy()
        .timeout()
        .orElseGet(() -> handler instanceof PacedHandler paced ? paced.timeout() : defaultTimeout);
  }

  /// How long an attempt of a subscription, known or not, may take.
  ///
  /// @param defaultTimeout for subscriptions and handlers without a time limit of their own
  Duration timeoutOf(Subscription subscription, Duration defaultTimeout) {
    return handlerOf(subscription)
        .map(handler -> timeoutOf(subscription, handler, defaultTimeout))
        .orElse(defaultTimeout);
  }

  /// Whether the deliveries of a subscription go to a receiver elsewhere.
  boolean hasReceiver(Subscription subscription) {
    return pacedHandlerOf(subscription).isPresent();
  }

  /// How many attempts of a subscription its receiver allows on this node now; [Integer#MAX_VALUE]
  /// where there is no receiver.
  int limitOf(SubscriptionName name) {
    return subscriptions
        .find(name)
        .flatMap(found -> pacedHandlerOf(found).map(handler -> handler.limitOf(found)))
        .orElse(Integer.MAX_VALUE);
  }

  private Optional<PacedHandler> pacedHandlerOf(Subscription subscription) {
    return handlerOf(subscription)
        .filter(PacedHandler.class::isInstance)
        .map(PacedHandler.class::cast);
  }

  /// How this node treats the receiver of a subscription; empty when it is unknown or has none.
  public Optional<ReceiverView> receiverOf(SubscriptionName name) {
    return subscriptions
        .find(name)
        .flatMap(found -> pacedHandlerOf(found).map(handler -> handler.viewOf(found)));
  }

  /// After what time of nothing but failures a subscription with a receiver is paused; zero for
  /// never.
  public Duration pauseAfter() {
    return handlers.values().stream()
        .filter(PacedHandler.class::isInstance)
        .map(handler -> ((PacedHandler) handler).pauseAfter())
        .findFirst()
        .orElse(Duration.ZERO);
  }

  /// How many attempts may wait for receivers on this node.
  int receiverSlots() {
    return handlers.values().stream()
        .filter(PacedHandler.class::isInstance)
        .mapToInt(handler -> ((PacedHandler) handler).slots())
        .sum();
  }

  /// The handler of a subscription, known or not, if this node has one for its destination.
  Optional<EventHandler> handlerOf(Subscription subscription) {
    return Optional.ofNullable(handlers.get(subscription.definition().destination().kind()));
  }

  /// Whether this node may process deliveries of a subscription: it has a handler for its
  /// destination.
  boolean canProcess(Subscription subscription) {
    return subscription.lifecycle().allowsClaims() && handlerOf(subscription).isPresent();
  }

  /// Whether the deliveries of a subscription stand in lanes.
  public boolean isOrdered(SubscriptionName name) {
    return known().ordered().containsKey(name);
  }

  /// What is known about the subscriptions now.
  KnownSubscriptions known() {
    return subscriptions.current();
  }

  /// The version of a subscription; 0 for the built-in one and an unknown one.
  long versionOf(SubscriptionName name) {
    return subscriptions.find(name).map(Subscription::version).orElse(0L);
  }

  /// The retry policy of the newest version of a subscription.
  public RetryPolicy policyOf(SubscriptionName name) {
    return subscriptions.find(name).map(this::policyOf).orElse(defaultRetries);
  }

  /// The retry policy of a subscription, known or not.
  RetryPolicy policyOf(Subscription subscription) {
    return subscription.definition().policy().retry().orElseGet(() -> defaultFor(subscription));
  }

  private RetryPolicy defaultFor(Subscription subscription) {
    return subscription.definition().destination() instanceof Destination.Webhook
        ? RetryPolicy.STANDARD_WEBHOOKS
        : defaultRetries;
  }

  /// How many attempts of a subscription may be in progress on all nodes together;
  /// [Integer#MAX_VALUE] without a limit.
  int concurrencyOf(SubscriptionName name) {
    return subscriptions
        .find(name)
        .flatMap(found -> found.definition().policy().concurrency())
        .orElse(Integer.MAX_VALUE);
  }

  /// How many attempts of a subscription may begin in a time on all nodes together, if that is
  /// limited.
  Optional<RateLimit> rateOf(SubscriptionName name) {
    return subscriptions.find(name).flatMap(found -> found.definition().policy().rate());
  }
}
