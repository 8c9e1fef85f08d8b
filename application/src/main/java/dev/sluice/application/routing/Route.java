package dev.sluice.application.routing;

import dev.sluice.domain.event.EventType;
import dev.sluice.domain.filter.EventFields;
import dev.sluice.domain.filter.Filter;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A subscription that takes events, with its filter ready to decide.
///
/// @param order its place among the subscriptions
/// @param subscription the subscription
/// @param hasPlainTypes whether each of its types is exact or ends with its only star, so that
///   [TypeIndex] alone decides
/// @param filter its filter; null if it has none
/// @param alone the routes of an event that goes to this subscription alone
record Route(
    int order,
    Subscription subscription,
    boolean hasPlainTypes,
    @Nullable Filter filter,
    List<SubscriptionName> alone) {

  static Route of(int order, Subscription subscription, @Nullable Filter filter) {
    boolean hasPlainTypes = subscription.definition().types().stream().allMatch(Route::isPlain);
    return new Route(order, subscription, hasPlainTypes, filter, List.of(subscription.name()));
  }

  private static boolean isPlain(TypePattern type) {
    int star = type.glob().indexOf('*');
    return star < 0 || star == type.glob().length() - 1;
  }

  /// Returns whether the event goes to the subscription, if its type led here.
  boolean matches(EventType type, EventFields event) {
    return (hasPlainTypes || subscription.definition().wants(type))
        && (filter == null || filter.matches(event));
  }
}
