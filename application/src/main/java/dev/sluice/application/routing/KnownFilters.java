package dev.sluice.application.routing;

import dev.sluice.domain.filter.FilterFormat;
import dev.sluice.domain.filter.FilterResult;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The filters of some subscriptions, each read once as long as it does not change.
final class KnownFilters {

  static final KnownFilters NONE = new KnownFilters(Map.of());

  private static final System.Logger LOG = System.getLogger(KnownFilters.class.getName());

  private final Map<SubscriptionName, Known> bySubscription;

  private KnownFilters(Map<SubscriptionName, Known> bySubscription) {
    this.bySubscription = bySubscription;
  }

  /// A pattern and what became of reading it.
  private record Known(EventPattern pattern, FilterResult reading) {}

  /// Returns the filter of a subscription that has one.
  Optional<FilterResult> of(SubscriptionName name) {
    return Optional.ofNullable(bySubscription.get(name)).map(Known::reading);
  }

  /// Returns the filters of other subscriptions, and reads what is not known. Patterns that are not
  /// understood are logged, once each.
  KnownFilters next(List<Subscription> subscriptions, FilterFormat format) {
    Map<SubscriptionName, Known> next = new HashMap<>();
    for (Subscription subscription : subscriptions) {
      subscription
          .definition()
          .filter()
          .filter(_ -> subscription.lifecycle().takesEvents())
          .ifPresent(
              pattern ->
                  next.put(subscription.name(), known(subscription.name(), pattern, format)));
    }
    return new KnownFilters(next);
  }

  private Known known(SubscriptionName name, EventPattern pattern, FilterFormat format) {
    Known before = bySubscription.get(name);
    if (before != null && before.pattern().equals(pattern)) {
      return before;
    }
    FilterResult reading = format.filter(pattern);
    if (reading instanceof FilterResult.Refused(String reason)) {
      LOG.log(
          Level.WARNING,
          "subscription {0} gets no events: its filter is not understood: {1}",
          name,
          reason);
    }
    return new Known(pattern, reading);
  }
}
