package dev.sluice.application.operate;

import dev.sluice.application.routing.BackfillMatcher;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.filter.FilterFormat;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkStep;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.subscription.Backfill;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Runs the steps of back-fills: reads a page of events, decides which of them match, and has the
/// storage make the deliveries.
public final class BackfillSteps {

  private static final System.Logger LOG = System.getLogger(BackfillSteps.class.getName());

  private final EventStore events;
  private final BulkJobs jobs;
  private final FilterFormat format;
  private final Function<SubscriptionName, Optional<Subscription>> subscriptions;

  /// @param subscriptions what this node knows about the subscriptions
  public BackfillSteps(
      Storage storage,
      FilterFormat format,
      Function<SubscriptionName, Optional<Subscription>> subscriptions) {
    this.events = storage.events();
    this.jobs = storage.bulk();
    this.format = format;
    this.subscriptions = subscriptions;
  }

  /// Runs one step. A job whose subscription gets no events any more is stopped.
  ///
  /// @param max most deliveries to make
  Optional<BulkStep> step(BulkJob job, int max) {
    Backfill backfill = job.plan().backfill().orElseThrow();
    Optional<Subscription> subscription =
        subscriptions.apply(backfill.subscription()).filter(one -> one.lifecycle().takesEvents());
    if (subscription.isEmpty()) {
      return stop(job);
    }
    var matcher = new BackfillMatcher(format, backfill, subscription.get().definition());
    var request = new PageRequest(job.position(), PageRequest.MAX_LIMIT);
    Page<EventSummary> page = events.list(job.plan().filter(), request);
    List<Event> lacking =
        page.items().stream()
            .filter(one -> one.firstWithoutDelivery(Set.of(backfill.subscription())).isPresent())
            .map(EventSummary::event)
            .filter(matcher::matches)
            .toList();
    BackfillChoice choice =
        lacking.size() <= max
            ? new BackfillChoice(lacking, Optional.of(page.next()))
            : new BackfillChoice(lacking.subList(0, max), Optional.empty());
    return jobs.backfill(job, choice);
  }

  private Optional<BulkStep> stop(BulkJob job) {
    if (!jobs.stop(job.plan().id())) {
      return Optional.empty();
    }
    LOG.log(
        Level.WARNING,
        "bulk job {0} stopped: its subscription was deleted, or gets no events any more",
        job.plan().id());
    return jobs.find(job.plan().id()).map(stopped -> new BulkStep(stopped, List.of()));
  }
}
