package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.Appending;
import dev.sluice.adapter.jdbc.Counts;
import dev.sluice.adapter.jdbc.EventBatchReads;
import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.FullDiskNotice;
import dev.sluice.adapter.jdbc.Listing;
import dev.sluice.adapter.jdbc.response.ResponseReads;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.figures.DueCounts;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventCount;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Stores events in PostgreSQL, for many nodes.
final class PostgresEventStore implements EventStore, Appending.Store {

  private static final int MOST_COUNTED = 20_000;

  private final ConnectionPool requests;
  private final AppendGroupCommit appends;
  private final BacklogCounts backlog;
  private final BacklogCounts listBacklog;
  private final Purges purges;
  private final FullDiskNotice fullDisk;

  PostgresEventStore(
      ConnectionPool requests,
      AppendGroupCommit appends,
      BacklogCounts backlog,
      BacklogCounts listBacklog,
      Purges purges,
      FullDiskNotice fullDisk) {
    this.requests = requests;
    this.appends = appends;
    this.backlog = backlog;
    this.listBacklog = listBacklog;
    this.purges = purges;
    this.fullDisk = fullDisk;
  }

  @Override
  public List<AppendResult> append(List<NewEvent> batch) {
    return Appending.run(batch, this, fullDisk);
  }

  @Override
  public List<@Nullable EventSummary> store(List<NewEvent> events) {
    List<@Nullable Instant> stored = appends.store(events);
    var summaries = new ArrayList<@Nullable EventSummary>(events.size());
    for (int index = 0; index < events.size(); index++) {
      Instant at = stored.get(index);
      summaries.add(at == null ? null : summary(events.get(index), at));
    }
    return summaries;
  }

  @Override
  public List<ExistingEvent> existing(List<EventId> ids) {
    return requests.one(statements -> new PostgresDigests(statements).existing(ids));
  }

  @Override
  public boolean storesDigests() {
    return true;
  }

  @Override
  public void keepDigests(List<ExistingEvent> events) {
    var _ = requests.one(statements -> new PostgresDigests(statements).keep(events));
  }

  private static EventSummary summary(NewEvent newEvent, Instant now) {
    return new EventSummary(
        newEvent.event(),
        newEvent.subscriptions().stream()
            .map(name -> new DeliverySnapshot(name, newEvent.received(name, now)))
            .toList());
  }

  @Override
  public Optional<EventRecord> find(EventId id) {
    return requests.onSnapshot(
        statements -> {
          Optional<EventRecord> found = new EventReads(statements).find(id);
          return found.isEmpty()
              ? found
              : Optional.of(new ResponseReads(statements).complete(found.get()));
        });
  }

  @Override
  public Page<EventSummary> list(EventFilter filter, PageRequest page) {
    var listing = new Listing(filter, TimeRanges.INSTANCE, countsFor(filter));
    return requests.onSnapshot(
        statements -> {
          Page<Long> found = listing.page(statements, page, PageRequest.MAX_CHARACTERS);
          return new Page<>(new EventBatchReads(statements).summaries(found.items()), found.next());
        });
  }

  @Override
  public List<RecentAttempt> newestAttempts(
      SubscriptionName subscription, Optional<StatusClass> status, int limit) {
    return requests.one(
        statements -> new ResponseReads(statements).newest(subscription, status, limit));
  }

  @Override
  public EventCount count(EventFilter filter, Cursor after, int most) {
    var listing = new Listing(filter, TimeRanges.INSTANCE, countsFor(filter));
    Page<Long> found =
        requests.onSnapshot(
            statements ->
                listing.page(statements, after, Math.min(most, MOST_COUNTED), Long.MAX_VALUE));
    return new EventCount(found.items().size(), found.next());
  }

  @Override
  public Cursor newest() {
    return requests.one(statements -> new EventReads(statements).newest());
  }

  /// Reads the counts only where they make a difference.
  private Counts countsFor(EventFilter filter) {
    return filter.statuses().isEmpty() ? new Counts() : listBacklog.counts();
  }

  @Override
  public StatusCounts counts() {
    return backlog.statusCounts();
  }

  @Override
  public CountsBySubscription countsBySubscription() {
    return listBacklog.bySubscription();
  }

  @Override
  public DueCounts dueSoon(Duration step, int steps) {
    return listBacklog.dueSoon(step, steps);
  }

  @Override
  public int purge(Instant finishedBefore, int limit) {
    return purges.purge(finishedBefore, limit);
  }

  @Override
  public Durability durability() {
    return Durability.COMMITTED;
  }

  @Override
  public Optional<DiskReport> disk() {
    return Optional.of(new DiskReport(fullDisk.isFull(), OptionalLong.empty()));
  }
}
