package dev.sluice.application.intake;

import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.List;

/// Selects the subscriptions that an event goes to.
final class Router {

  private final SubscriptionStore subscriptions;

  Router(SubscriptionStore subscriptions) {
    this.subscriptions = subscriptions;
  }

  /// Names of the subscriptions that match an event type; empty leaves the event unrouted.
  List<SubscriptionName> routesFor(EventType type) {
    List<Subscription> all = subscriptions.all();
    if (all.size() == 1) {
      Subscription only = all.getFirst();
      return only.wants(type) ? List.of(only.name()) : List.of();
    }
    var routes = new ArrayList<SubscriptionName>();
    for (Subscription subscription : all) {
      if (subscription.wants(type)) {
        routes.add(subscription.name());
      }
    }
    return routes;
  }
}
