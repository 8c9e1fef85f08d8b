package dev.sluice.application.work;

import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.HandlerName;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Map;
import java.util.Optional;

/// Finds the handler and the retry policy of a subscription.
public final class Handlers {

  private final SubscriptionStore subscriptions;
  private final Map<HandlerName, EventHandler> handlers;

  /// @param handlers all handlers, by the name that subscriptions use
  public Handlers(SubscriptionStore subscriptions, Map<HandlerName, EventHandler> handlers) {
    this.subscriptions = subscriptions;
    this.handlers = Map.copyOf(handlers);
  }

  /// The handler of a subscription; empty when the subscription or its handler does not exist.
  Optional<EventHandler> handlerOf(SubscriptionName name) {
    return subscriptions.find(name).map(Subscription::handler).map(handlers::get);
  }

  /// The retry policy of a subscription; the default when the subscription does not exist.
  RetryPolicy policyOf(SubscriptionName name) {
    return subscriptions.find(name).map(Subscription::retryPolicy).orElse(RetryPolicy.DEFAULT);
  }
}
