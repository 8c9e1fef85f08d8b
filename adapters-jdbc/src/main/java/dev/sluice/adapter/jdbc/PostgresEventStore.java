package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventCount;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.StatusCounts;
import dev.sluice.domain.port.StoreUnavailableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Keeps events in PostgreSQL, for many nodes.
final class PostgresEventStore implements EventStore {

  /// So often an event is stored again whose id was taken by one that was gone a moment later.
  private static final int ROUNDS = 3;

  private static final int MOST_COUNTED = 20_000;

  private final PostgresDatabase database;

  PostgresEventStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public List<AppendResult> append(List<NewEvent> batch) {
    var appending = new Appending(batch);
    try {
      for (int round = 0; round < ROUNDS && appending.isOpen(); round++) {
        List<NewEvent> open = appending.open();
        List<@Nullable Instant> stored = database.appends().store(open);
        appending.fill(stored, existing(open, stored));
      }
    } catch (DiskFullException e) {
      database.fullDisk().tell(e);
      appending.fillWithFull();
    }
    return appending.results();
  }

  /// The results of a batch as they come in. An event whose id was taken, but is not there any more
  /// when it is looked for, stays open: retention took the other one away in between.
  private static final class Appending {
    private final List<NewEvent> batch;
    private final @Nullable AppendResult[] results;
    private List<Integer> open;

    Appending(List<NewEvent> batch) {
      this.batch = batch;
      this.results = new @Nullable AppendResult[batch.size()];
      this.open = IntStream.range(0, batch.size()).boxed().toList();
    }

    boolean isOpen() {
      return !open.isEmpty();
    }

    List<NewEvent> open() {
      return open.stream().map(batch::get).toList();
    }

    void fill(List<@Nullable Instant> stored, Map<EventId, EventSummary> existing) {
      var stillOpen = new ArrayList<Integer>();
      for (int index = 0; index < open.size(); index++) {
        int place = open.get(index);
        NewEvent newEvent = batch.get(place);
        Instant at = stored.get(index);
        EventSummary other = existing.get(newEvent.event().id());
        if (at != null) {
          results[place] = new AppendResult.Stored(summary(newEvent, at));
        } else if (other != null) {
          results[place] = new AppendResult.Duplicate(other);
        } else {
          stillOpen.add(place);
        }
      }
      open = stillOpen;
    }

    void fillWithFull() {
      open.forEach(place -> results[place] = new AppendResult.Full());
      open = List.of();
    }

    List<AppendResult> results() {
      var all = new ArrayList<AppendResult>(results.length);
      for (int place = 0; place < results.length; place++) {
        AppendResult result = results[place];
        if (result == null) {
          throw new StoreUnavailableException(
              "id " + batch.get(place).event().id() + " is taken by an event that cannot be read");
        }
        all.add(result);
      }
      return all;
    }
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
      throws SQLException {
    PreparedStatement select = statements.of(PostgresSql.SEQS_OF_IDS);
    new ArrayParameters<>(select, 1, ids).texts(EventId::value);
    var seqs = new ArrayList<Long>();
    try (ResultSet row = select.executeQuery()) {
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

  @Override
  public EventCount count(EventFilter filter, Cursor after, int most) {
    var listing = new Listing(filter, PostgresRuns.INSTANCE, countsFor(filter));
    Page<Long> found =
        database
            .requests()
            .onSnapshot(
                statements ->
                    listing.page(statements, after, Math.min(most, MOST_COUNTED), Long.MAX_VALUE));
    return new EventCount(found.items().size(), found.next());
  }

  @Override
  public Cursor newest() {
    return database.requests().one(statements -> new EventReads(statements).newest());
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

  @Override
  public Optional<DiskReport> disk() {
    return Optional.empty();
  }
}
