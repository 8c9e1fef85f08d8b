package dev.sluice.application.operate;

import dev.sluice.application.operate.BulkOperations.Planned;
import dev.sluice.application.routing.BackfillMatcher;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.filter.FilterFormat;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.subscription.Backfill;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Plans back-fills; [BulkPlanner] starts them.
public final class BackfillPlanner implements BackfillOperations {

  private static final int SAMPLE = 5;

  private final EventStore events;
  private final BulkJobs jobs;
  private final BulkPace pace;
  private final FilterFormat format;
  private final RandomGenerator random;

  /// @param random makes ids and tokens
  public BackfillPlanner(
      Storage storage, BulkPace pace, FilterFormat format, RandomGenerator random) {
    this.events = storage.events();
    this.jobs = storage.bulk();
    this.pace = pace;
    this.format = format;
    this.random = random;
  }

  @Override
  public Planned plan(Subscription subscription, Request request, String by) {
    SubscriptionDefinition definition = subscription.definition();
    var backfill =
        new Backfill(
            subscription.name(), definition.types(), definition.filter(), request.filter());
    EventFilter filter =
        EventFilter.ALL
            .withTypes(types(definition))
            .occurredBetween(request.since(), request.until());
    // Events that arrive during the count are not part of the plan.
    Instant now = jobs.now();
    Cursor from = events.newest();
    var count = new Count(new BackfillMatcher(format, backfill, definition), subscription.name());
    count.all(filter, from);
    var plan =
        new BulkPlan(
            BulkTokens.id(random),
            BulkTokens.token(random),
            BulkAction.BACKFILL,
            filter,
            Optional.of(backfill),
            from,
            Cursor.END,
            count.lacking,
            now,
            by);
    jobs.plan(plan);
    return new Planned(plan, filter, count.matching, count.sample, estimate(count.lacking));
  }

  /// Returns the types of a subscription if they can be looked up: none is a pattern.
  private static Set<EventType> types(SubscriptionDefinition definition) {
    return definition.types().stream().anyMatch(TypePattern::isGlob)
        ? Set.of()
        : definition.types().stream()
            .map(TypePattern::glob)
            .filter(type -> EventType.problemWith(type).isEmpty())
            .map(EventType::new)
            .collect(Collectors.toSet());
  }

  private Duration estimate(long count) {
    return Duration.ofSeconds((long) Math.ceil(count / pace.perSecond(0)));
  }

  /// Counts events page by page.
  private final class Count {

    private final BackfillMatcher matcher;
    private final SubscriptionName subscription;
    private final List<EventSummary> sample = new ArrayList<>();
    private long matching;
    private long lacking;

    Count(BackfillMatcher matcher, SubscriptionName subscription) {
      this.matcher = matcher;
      this.subscription = subscription;
    }

    void all(EventFilter filter, Cursor from) {
      Cursor next = from;
      while (!next.equals(Cursor.END)) {
        var page = events.list(filter, new PageRequest(next, PageRequest.MAX_LIMIT));
        page.items().forEach(this::look);
        next = page.next();
      }
    }

    private void look(EventSummary event) {
      if (!matcher.matches(event.event())) {
        return;
      }
      matching++;
      if (event.firstWithoutDelivery(Set.of(subscription)).isPresent()) {
        lacking++;
        if (sample.size() < SAMPLE) {
          sample.add(event);
        }
      }
    }
  }
}
