package dev.sluice.application.routing;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.filter.EventFields;
import dev.sluice.domain.filter.FieldPaths;
import dev.sluice.domain.filter.Filter;
import dev.sluice.domain.filter.FilterFormat;
import dev.sluice.domain.filter.FilterResult;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.Subscription;

/// Explains whether and why an event goes to a subscription, as the routing table would decide.
public final class MatchExplainer {

  private final FilterFormat format;

  public MatchExplainer(FilterFormat format) {
    this.format = format;
  }

  /// Explains it for any subscription, stored or not, and any event.
  public MatchExplanation explain(Subscription subscription, Event event) {
    if (!subscription.lifecycle().takesEvents()) {
      return new MatchExplanation.TakesNoEvents(subscription.lifecycle());
    }
    if (!subscription.definition().wants(event.type())) {
      return new MatchExplanation.OtherType(subscription.definition().types());
    }
    return subscription
        .definition()
        .filter()
        .map(pattern -> explain(pattern, event))
        .orElseGet(MatchExplanation.Matches::new);
  }

  private MatchExplanation explain(EventPattern pattern, Event event) {
    return switch (format.filter(pattern)) {
      case FilterResult.Understood(Filter filter) -> explain(filter, event);
      case FilterResult.Refused(String reason) -> new MatchExplanation.FilterNotUnderstood(reason);
    };
  }

  private MatchExplanation explain(Filter filter, Event event) {
    FieldPaths wanted = FieldPaths.of(filter.paths().stream()).below(EventFields.PAYLOAD);
    return filter
        .mismatch(new RoutedEvent(event, format, wanted))
        .<MatchExplanation>map(MatchExplanation.FilterDoesNotMatch::new)
        .orElseGet(MatchExplanation.Matches::new);
  }
}
