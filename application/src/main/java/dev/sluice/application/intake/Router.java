package dev.sluice.application.intake;

import dev.sluice.application.subscription.KnownSubscriptions;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Selects the subscriptions that an event goes to.
final class Router {

  private final Supplier<KnownSubscriptions> subscriptions;

  Router(Supplier<KnownSubscriptions> subscriptions) {
    this.subscriptions = subscriptions;
  }

  /// Names of the subscriptions that match an event type; empty leaves the event unrouted.
  List<SubscriptionName> routesFor(EventType type) {
    List<Subscription> all = subscriptions.get().all();
    if (all.size() == 1) {
      Subscription only = all.getFirst();
      return wants(only, type) ? List.of(only.name()) : List.of();
    }
    var routes = new ArrayList<SubscriptionName>();
    for (Subscription subscription : all) {
      if (wants(subscription, type)) {
        routes.add(subscription.name());
      }
    }
    return routes;
  }

  private static boolean wants(Subscription subscription, EventType type) {
    return subscription.lifecycle().takesEvents() && subscription.definition().wants(type);
  }
}
