package dev.sluice.application.routing;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.filter.EventFields;
import dev.sluice.domain.filter.FieldPaths;
import dev.sluice.domain.filter.Filter;
import dev.sluice.domain.filter.FilterFormat;
import dev.sluice.domain.filter.FilterResult;
import dev.sluice.domain.subscription.Backfill;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.TypePattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Decides which events a back-fill delivers: those that match what was planned, and that the
/// subscription as it is now would receive as well. Used by one thread.
public final class BackfillMatcher {

  private final FilterFormat format;
  private final List<TypePattern> planned;
  private final SubscriptionDefinition current;
  private final List<Filter> filters = new ArrayList<>();
  private final FieldPaths payloadFields;

  /// A filter that is not understood.
  private boolean isRefused;

  /// @param current the subscription as it is now
  public BackfillMatcher(FilterFormat format, Backfill backfill, SubscriptionDefinition current) {
    this.format = format;
    this.planned = backfill.types();
    this.current = current;
    Set<EventPattern> patterns = new LinkedHashSet<>(backfill.filters());
    current.filter().ifPresent(patterns::add);
    patterns.forEach(this::add);
    this.payloadFields =
        FieldPaths.of(filters.stream().flatMap(filter -> filter.paths().stream()).distinct())
            .below(EventFields.PAYLOAD);
  }

  private void add(EventPattern pattern) {
    switch (format.filter(pattern)) {
      case FilterResult.Understood(Filter filter) -> filters.add(filter);
      case FilterResult.Refused _ -> isRefused = true;
    }
  }

  /// Returns whether the event is to be delivered.
  public boolean matches(Event event) {
    if (isRefused
        || !current.wants(event.type())
        || planned.stream().noneMatch(type -> type.matches(event.type()))) {
      return false;
    }
    var fields = new RoutedEvent(event, format, payloadFields);
    return filters.stream().allMatch(filter -> filter.matches(fields));
  }
}
