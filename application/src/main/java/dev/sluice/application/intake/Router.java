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

  /// Where an event goes.
  ///
  /// @param subscriptions those that match; none leaves the event unrouted
  /// @param version the version of the set of subscriptions that decided this
  record Route(List<SubscriptionName> subscriptions, long version) {}

  /// Decides where an event of this type goes, by one version of all subscriptions.
  Route route(EventType type) {
    KnownSubscriptions known = subscriptions.get();
    return new Route(matching(known.all(), type), known.version());
  }

  private static List<SubscriptionName> matching(List<Subscription> all, EventType type) {
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
