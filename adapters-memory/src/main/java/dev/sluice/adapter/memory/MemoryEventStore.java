package dev.sluice.adapter.memory;

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
import java.util.stream.Stream;

/// Stores events in the heap.
final class MemoryEventStore implements EventStore {

  private static final int MOST_COUNTED = 20_000;

  private final Ledger ledger;

  MemoryEventStore(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public List<AppendResult> append(List<NewEvent> batch) {
    return ledger.locked(
        () -> {
          var results = new ArrayList<AppendResult>(batch.size());
          for (NewEvent newEvent : batch) {
            results.add(append(newEvent));
          }
          return results;
        });
  }

  private AppendResult append(NewEvent newEvent) {
    StoredEvent existing = ledger.find(newEvent.event().id());
    if (existing != null) {
      return new AppendResult.Duplicate(existing.existing());
    }
    StoredEvent stored = ledger.add(newEvent);
    return stored == null ? new AppendResult.Full() : new AppendResult.Stored(stored.summary());
  }

  @Override
  public List<ExistingEvent> existing(List<EventId> ids) {
    return ledger.locked(
        () ->
            ids.stream()
                .distinct()
                .flatMap(id -> Stream.ofNullable(ledger.find(id)))
                .map(StoredEvent::existing)
                .toList());
  }

  /// Returns false: every payload is at hand, so most digests are never needed.
  @Override
  public boolean storesDigests() {
    return false;
  }

  @Override
  public void keepDigests(List<ExistingEvent> events) {
    ledger.locked(
        () -> {
          for (ExistingEvent event : events) {
            StoredEvent stored = ledger.find(event.id());
            if (stored != null && stored.sequence == event.sequence()) {
              stored.digest = event.digest().orElse(null);
            }
          }
          return events.size();
        });
  }

  @Override
  public Optional<EventRecord> find(EventId id) {
    return ledger.locked(() -> Optional.ofNullable(ledger.find(id)).map(StoredEvent::record));
  }

  @Override
  public Page<EventSummary> list(EventFilter filter, PageRequest page) {
    return new Listing<>(ledger, filter, StoredEvent::summary).page(page);
  }

  @Override
  public List<RecentAttempt> newestAttempts(
      SubscriptionName subscription, Optional<StatusClass> status, int limit) {
    return ledger.locked(
        () -> {
          SubscriptionQueue queue = ledger.work.queue(subscription);
          return queue == null
              ? List.of()
              : new AttemptListing(ledger.timeline, subscription)
                  .newest(queue.responses, status, limit);
        });
  }

  @Override
  public EventCount count(EventFilter filter, Cursor after, int most) {
    var page = new Listing<>(ledger, filter, _ -> 1).page(after, Math.min(most, MOST_COUNTED));
    return new EventCount(page.items().size(), page.next());
  }

  @Override
  public Cursor newest() {
    return ledger.locked(() -> new Cursor(ledger.timeline.nextSequence()));
  }

  @Override
  public StatusCounts counts() {
    return ledger.locked(ledger::counts);
  }

  @Override
  public DueCounts dueSoon(Duration step, int steps) {
    return ledger.locked(
        () -> {
          var counts = new DueCounts.Builder(ledger.clock.instant(), step, steps, MAX_DUE_COUNTED);
          ledger.work.addDue(counts);
          return counts.build();
        });
  }

  @Override
  public CountsBySubscription countsBySubscription() {
    return ledger.locked(ledger::countsBySubscription);
  }

  @Override
  public int purge(Instant finishedBefore, int limit) {
    return ledger.locked(
        () -> {
          int purged = 0;
          while (purged < limit && ledger.forgetFirstFinished(finishedBefore)) {
            purged++;
          }
          return purged;
        });
  }

  @Override
  public Durability durability() {
    return Durability.MEMORY;
  }

  @Override
  public Optional<DiskReport> disk() {
    return Optional.empty();
  }
}
