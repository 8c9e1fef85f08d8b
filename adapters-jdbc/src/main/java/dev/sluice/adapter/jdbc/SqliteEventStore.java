package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Keeps events in a database.
final class SqliteEventStore implements EventStore {

  /// So few events are forgotten in one operation that others need not wait for it.
  private static final int PURGE_STEP = 100;

  private static final int MOST_COUNTED = 20_000;

  private final SqliteDatabase database;

  SqliteEventStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<AppendResult> append(List<NewEvent> batch) {
    try {
      return database.write(() -> database.events().append(batch, database.now()));
    } catch (DiskFullException e) {
      database.fullDisk().tell(e);
      return Collections.nCopies(batch.size(), new AppendResult.Full());
    }
  }

  @Override
  public Optional<EventRecord> find(EventId id) {
    return database.read(statements -> new EventReads(statements).find(id));
  }

  @Override
  public Page<EventSummary> list(EventFilter filter, PageRequest page) {
    var listing = new Listing(filter, database.spans(), database.counts());
    return database.read(
        statements -> {
          Page<Long> found = listing.page(statements, page, PageRequest.MAX_PAYLOAD_CHARACTERS);
          return new Page<>(new BulkReads(statements).summaries(found.items()), found.next());
        });
  }

  @Override
  public EventCount count(EventFilter filter, Cursor after, int most) {
    var listing = new Listing(filter, database.spans(), database.counts());
    Page<Long> found =
        database.read(
            statements ->
                listing.page(statements, after, Math.min(most, MOST_COUNTED), Long.MAX_VALUE));
    return new EventCount(found.items().size(), found.next());
  }

  @Override
  public Cursor newest() {
    return database.readQuickly(statements -> new EventReads(statements).newest());
  }

  @Override
  public StatusCounts counts() {
    database.requireUsable();
    Instant now = database.now();
    Instant oldest = database.readQuickly(statements -> oldestDue(statements, now));
    return database.counts().toStatusCounts(oldest);
  }

  private static Instant oldestDue(Statements statements, Instant now) throws SQLException {
    PreparedStatement select = statements.of(EventSql.OLDEST_DUE);
    select.setLong(1, EpochNanos.of(now));
    try (ResultSet row = select.executeQuery()) {
      row.next();
      long oldest = row.getLong(1);
      return row.wasNull() ? Instant.MAX : EpochNanos.toInstant(oldest);
    }
  }

  @Override
  public int purge(Instant finishedBefore, int limit) {
    int purged = 0;
    int last = PURGE_STEP;
    while (purged < limit && last == PURGE_STEP) {
      int step = Math.min(PURGE_STEP, limit - purged);
      last = database.write(() -> database.events().purge(finishedBefore, step));
      purged += last;
    }
    return purged;
  }

  @Override
  public Durability durability() {
    return Durability.FSYNCED;
  }
}
