package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.StatusCounts;
import dev.sluice.domain.port.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps events in PostgreSQL, for many nodes.
final class PostgresEventStore implements EventStore {

  private static final System.Logger LOG = System.getLogger(PostgresEventStore.class.getName());

  private final PostgresDatabase database;

  PostgresEventStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public List<AppendResult> append(List<NewEvent> batch) {
    if (batch.isEmpty()) {
      return List.of();
    }
    try {
      return resultsOf(batch, database.appends().store(batch));
    } catch (DiskFullException e) {
      LOG.log(Level.ERROR, "the database's " + e.getMessage());
      return Collections.nCopies(batch.size(), new AppendResult.Full());
    }
  }

  private List<AppendResult> resultsOf(List<NewEvent> batch, List<@Nullable Instant> stored) {
    Map<EventId, EventSummary> existing = existing(batch, stored);
    var results = new ArrayList<AppendResult>(batch.size());
    for (int index = 0; index < batch.size(); index++) {
      Instant at = stored.get(index);
      results.add(
          at == null
              ? duplicateOf(batch.get(index), existing)
              : new AppendResult.Stored(summary(batch.get(index), at)));
    }
    return results;
  }

  private AppendResult duplicateOf(NewEvent newEvent, Map<EventId, EventSummary> existing) {
    EventSummary summary = existing.get(newEvent.event().id());
    // Retention took the other one away in between, or it is damaged.
    return summary == null ? throwGone(newEvent.event().id()) : new AppendResult.Duplicate(summary);
  }

  private static AppendResult throwGone(EventId id) {
    throw new StoreUnavailableException(
        "event " + id + " was there and is not any more: send it again");
  }

  private Map<EventId, EventSummary> existing(
      List<NewEvent> batch, List<@Nullable Instant> stored) {
    var ids = new ArrayList<EventId>();
    for (int index = 0; index < batch.size(); index++) {
      if (stored.get(index) == null) {
        ids.add(batch.get(index).event().id());
      }
    }
    Map<EventId, EventSummary> existing = new HashMap<>();
    if (!ids.isEmpty()) {
      database
          .requests()
          .onSnapshot(statements -> summariesOf(statements, ids))
          .forEach(summary -> existing.put(summary.event().id(), summary));
    }
    return existing;
  }

  private static List<EventSummary> summariesOf(Statements statements, List<EventId> ids)
      throws java.sql.SQLException {
    var select = statements.of(PostgresSql.SEQS_OF_IDS);
    new ArrayParameters<>(select, 1, ids).texts(EventId::value);
    var seqs = new ArrayList<Long>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        seqs.add(row.getLong("seq"));
      }
    }
    return new BulkReads(statements).summaries(seqs);
  }

  private static EventSummary summary(NewEvent newEvent, Instant now) {
    var received = new DeliveryState.Received(AttemptCount.NONE, now);
    return new EventSummary(
        newEvent.event(),
        newEvent.subscriptions().stream()
            .map(subscription -> new DeliverySnapshot(subscription, received))
            .toList());
  }

  @Override
  public Optional<EventRecord> find(EventId id) {
    return database.requests().onSnapshot(statements -> new EventReads(statements).find(id));
  }

  @Override
  public Page<EventSummary> list(EventFilter filter, PageRequest page) {
    var listing = new Listing(filter, PostgresRuns.INSTANCE, countsFor(filter));
    return database
        .requests()
        .onSnapshot(
            statements -> {
              Page<Long> found = listing.page(statements, page, PageRequest.MAX_PAYLOAD_CHARACTERS);
              return new Page<>(new BulkReads(statements).summaries(found.items()), found.next());
            });
  }

  /// Asked for only where they make a difference.
  private Counts countsFor(EventFilter filter) {
    return filter.statuses().isEmpty() ? new Counts() : database.tally().counts();
  }

  @Override
  public StatusCounts counts() {
    return database.tally().statusCounts();
  }

  @Override
  public int purge(Instant finishedBefore, int limit) {
    return database.purges().purge(finishedBefore, limit);
  }

  @Override
  public Durability durability() {
    return Durability.COMMITTED;
  }
}
