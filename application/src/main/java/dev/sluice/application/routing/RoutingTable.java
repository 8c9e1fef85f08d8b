package dev.sluice.application.routing;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.filter.EventFields;
import dev.sluice.domain.filter.FieldPaths;
import dev.sluice.domain.filter.Filter;
import dev.sluice.domain.filter.FilterFormat;
import dev.sluice.domain.filter.FilterResult;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where events go: all subscriptions of one version, with their filters ready to decide and
/// indexed, so that subscriptions that do not match cost next to nothing. Immutable; shared by all
/// threads.
public final class RoutingTable {

  private static final Comparator<Route> BY_ORDER = Comparator.comparingInt(Route::order);

  private final FilterFormat format;
  private final KnownFilters filters;
  private final TypeIndex types;
  private final FieldPaths payloadFields;

  private RoutingTable(FilterFormat format, KnownFilters filters, List<Route> routes) {
    this.format = format;
    this.filters = filters;
    this.types = new TypeIndex(routes);
    this.payloadFields =
        FieldPaths.of(
                routes.stream()
                    .map(route -> Optional.ofNullable(route.filter()))
                    .flatMap(Optional::stream)
                    .flatMap(filter -> filter.paths().stream())
                    .distinct())
            .below(EventFields.PAYLOAD);
  }

  /// Returns a table without subscriptions: events go nowhere.
  public static RoutingTable empty(FilterFormat format) {
    return new RoutingTable(format, KnownFilters.NONE, List.of());
  }

  /// Returns a table of other subscriptions. Filters that this table has are not read again.
  ///
  /// A subscription whose filter is not understood matches no event.
  ///
  /// @param subscriptions in the order in which routes are reported
  public RoutingTable next(List<Subscription> subscriptions) {
    KnownFilters next = filters.next(subscriptions, format);
    var routes = new ArrayList<Route>();
    for (Subscription subscription : subscriptions) {
      if (subscription.lifecycle().takesEvents()) {
        route(routes.size(), subscription, next).ifPresent(routes::add);
      }
    }
    return new RoutingTable(format, next, routes);
  }

  private static Optional<Route> route(int order, Subscription subscription, KnownFilters filters) {
    Optional<FilterResult> reading = filters.of(subscription.name());
    if (reading.isEmpty()) {
      return Optional.of(Route.of(order, subscription, null));
    }
    return reading.get() instanceof FilterResult.Understood(Filter filter)
        ? Optional.of(Route.of(order, subscription, filter))
        : Optional.empty();
  }

  /// Returns the subscriptions that an event goes to, in the order of their names; none leaves the
  /// event unrouted.
  public List<SubscriptionName> routesFor(Event event) {
    var fields = new RoutedEvent(event, format, payloadFields);
    var found = new Candidates();
    types.collect(event.type().value(), fields, found);
    List<Route> routes = found.routes();
    routes.removeIf(route -> !route.matches(event.type(), fields));
    return switch (routes.size()) {
      case 0 -> List.of();
      case 1 -> routes.getFirst().alone();
      default -> {
        routes.sort(BY_ORDER);
        yield routes.stream().map(route -> route.subscription().name()).toList();
      }
    };
  }
}
