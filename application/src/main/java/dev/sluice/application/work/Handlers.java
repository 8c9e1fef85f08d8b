package dev.sluice.application.work;

import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.HandlerName;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Map;
import java.util.Optional;

/// Finds the handler and the policy of a subscription.
public final class Handlers {

  private final SubscriptionStore subscriptions;
  private final Map<HandlerName, EventHandler> handlers;

  /// @param handlers every handler there is, by the name that subscriptions use
  public Handlers(SubscriptionStore subscriptions, Map<HandlerName, EventHandler> handlers) {
    this.subscriptions = subscriptions;
    this.handlers = Map.copyOf(handlers);
  }

  /// The handler of the subscription; nothing when the subscription or its handler is gone.
  Optional<EventHandler> handlerOf(SubscriptionName name) {
    return subscriptions.find(name).map(Subscription::handler).map(handlers::get);
  }

  /// The policy of the subscription, the default one when it is gone.
  RetryPolicy policyOf(SubscriptionName name) {
    return subscriptions.find(name).map(Subscription::retryPolicy).orElse(RetryPolicy.DEFAULT);
  }
}
