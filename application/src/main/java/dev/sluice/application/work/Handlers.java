package dev.sluice.application.work;

import dev.sluice.application.subscription.KnownSubscriptions;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.DeliveryPolicy;
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
    DeliveryPolicy policy = subscription.definition().policy();
    return handlerOf(subscription)
        .map(
            handler ->
                new AttemptSetup(
                    subscription.version(),
                    subscription.definition().destination(),
                    handler,
                    policy.timeout().orElse(defaultTimeout),
                    policyOf(subscription)));
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

  /// What is known about the subscriptions now.
  KnownSubscriptions known() {
    return subscriptions.current();
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
