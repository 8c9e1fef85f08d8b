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
/// @param takesEveryType whether its types match every type
/// @param filter its filter; null if it has none
/// @param alone the routes of an event that goes to this subscription alone
record Route(
    int order,
    Subscription subscription,
    boolean takesEveryType,
    @Nullable Filter filter,
    List<SubscriptionName> alone) {

  static Route of(int order, Subscription subscription, @Nullable Filter filter) {
    boolean takesEveryType = subscription.definition().types().contains(TypePattern.ANY);
    return new Route(order, subscription, takesEveryType, filter, List.of(subscription.name()));
  }

  boolean matches(EventType type, EventFields event) {
    return (takesEveryType || subscription.definition().wants(type))
        && (filter == null || filter.matches(event));
  }
}
