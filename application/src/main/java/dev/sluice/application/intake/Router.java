package dev.sluice.application.intake;

import dev.sluice.application.subscription.KnownSubscriptions;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.function.Supplier;

/// Selects the subscriptions that an event goes to, by the newest version of all subscriptions.
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

  /// Decides where an event goes, by one version of all subscriptions.
  Route route(Event event) {
    KnownSubscriptions known = subscriptions.get();
    return new Route(known.routesFor(event), known.version());
  }
}
