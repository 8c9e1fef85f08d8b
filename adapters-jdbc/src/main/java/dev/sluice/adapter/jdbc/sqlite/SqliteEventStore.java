package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.Appending;
import dev.sluice.adapter.jdbc.DiskFullException;
import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.EventBatchReads;
import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.EventSql;
import dev.sluice.adapter.jdbc.FullDiskNotice;
import dev.sluice.adapter.jdbc.Listing;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.response.ResponseReads;
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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Stores events in SQLite.
final class SqliteEventStore implements EventStore, Appending.Store {

  /// Events deleted per operation: few, so that other writes need not wait long.
  private static final int PURGE_STEP = 100;

  /// Smallest number of events per operation on a full disk, where small steps need less space.
  private static final int SMALLEST_PURGE_STEP = 1;

  /// Ids looked up per query: few, so that other reads need not wait long.
  private static final int LOOK_STEP = 64;

  private static final int MOST_COUNTED = 20_000;

  /// Pages returned to a full disk per transaction, the most transactions per purge, and after how
  /// many of them the log is truncated.
  private static final int PAGES_BACK = 64;

  private static final int MOST_STEPS_BACK = 128;
  private static final int STEPS_A_LOG = 4;

  /// A batch of this many bytes gets a transaction of its own. A group of small events is smaller.
  private static final long LARGE = 512 * 1024;

  /// Estimated size of an event without its payload, with its delivery.
  private static final int ROW_BYTES = 1_024;

  private final SqliteDatabase database;
  private final EventWrites events;
  private final TimeRanges timeRanges;
  private final DiskRoom room;
  private final FullDiskNotice fullDisk;

  SqliteEventStore(
      SqliteDatabase database,
      EventWrites events,
      TimeRanges timeRanges,
      DiskRoom room,
      FullDiskNotice fullDisk) {
    this.database = database;
    this.events = events;
    this.timeRanges = timeRanges;
    this.room = room;
    this.fullDisk = fullDisk;
  }

  @Override
  public List<AppendResult> append(List<NewEvent> batch) {
    return Appending.run(batch, this, fullDisk);
  }

  @Override
  public List<@Nullable EventSummary> store(List<NewEvent> batch) {
    long bytes = bytes(batch);
    GroupCommit.Operation<Optional<List<@Nullable EventSummary>>> storing =
        () -> storeWhereThereIsRoom(batch, bytes);
    // Not thrown within the operation: the writer would run the others of its group again.
    return (bytes < LARGE ? database.write(storing) : database.writeLarge(storing))
        .orElseThrow(DiskFullException::new);
  }

  private Optional<List<@Nullable EventSummary>> storeWhereThereIsRoom(
      List<NewEvent> batch, long bytes) throws SQLException {
    return room.isEnoughFor(bytes)
        ? Optional.of(events.append(batch, database.now()))
        : Optional.empty();
  }

  @Override
  public List<ExistingEvent> existing(List<EventId> ids) {
    List<EventId> distinct = ids.stream().distinct().toList();
    var existing = new ArrayList<ExistingEvent>();
    for (int from = 0; from < distinct.size(); from += LOOK_STEP) {
      List<EventId> some = distinct.subList(from, Math.min(distinct.size(), from + LOOK_STEP));
      existing.addAll(
          database.readQuickly(statements -> new EventReads(statements).existing(some)));
    }
    return existing;
  }

  @Override
  public boolean storesDigests() {
    return true;
  }

  /// Stores one at a time, because each event may be large, and its row is rewritten as a whole.
  @Override
  public void keepDigests(List<ExistingEvent> existing) {
    for (ExistingEvent event : existing) {
      database.write(() -> events.keepDigest(event));
    }
  }

  /// Returns an estimate, rather too large.
  private static long bytes(List<NewEvent> batch) {
    long bytes = 0;
    for (NewEvent event : batch) {
      bytes += event.event().length() + ROW_BYTES;
    }
    return bytes;
  }

  @Override
  public Optional<EventRecord> find(EventId id) {
    return database.read(
        statements -> {
          Optional<EventRecord> found = new EventReads(statements).find(id);
          return found.isEmpty()
              ? found
              : Optional.of(new ResponseReads(statements).complete(found.get()));
        });
  }

  @Override
  public Page<EventSummary> list(EventFilter filter, PageRequest page) {
    var listing = new Listing(filter, timeRanges, database.counts());
    return database.read(
        statements -> {
          Page<Long> found = listing.page(statements, page, PageRequest.MAX_CHARACTERS);
          return new Page<>(new EventBatchReads(statements).summaries(found.items()), found.next());
        });
  }

  @Override
  public List<RecentAttempt> newestAttempts(
      SubscriptionName subscription, Optional<StatusClass> status, int limit) {
    return database.read(
        statements -> new ResponseReads(statements).newest(subscription, status, limit));
  }

  @Override
  public EventCount count(EventFilter filter, Cursor after, int most) {
    var listing = new Listing(filter, timeRanges, database.counts());
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

  @Override
  public CountsBySubscription countsBySubscription() {
    database.requireUsable();
    Instant now = database.now();
    return database.read(statements -> new SqliteSubscriptionCounts(statements, now).read());
  }

  @Override
  public DueCounts dueSoon(Duration step, int steps) {
    database.requireUsable();
    Instant now = database.now();
    return database.read(
        statements -> new SqliteSubscriptionCounts(statements, now).dueSoon(step, steps));
  }

  private static Instant oldestDue(Statements statements, Instant now) throws SQLException {
    PreparedStatement select = statements.of(EventSql.OLDEST_DUE);
    select.setLong(1, EpochNanos.of(now));
    select.setLong(2, DueTime.prioritized(now));
    try (ResultSet row = select.executeQuery()) {
      row.next();
      long oldest = row.getLong(1);
      return row.wasNull() ? Instant.MAX : EpochNanos.toInstant(oldest);
    }
  }

  @Override
  public int purge(Instant finishedBefore, int limit) {
    int purged = 0;
    int most = PURGE_STEP;
    boolean isOver = false;
    while (purged < limit && !isOver) {
      int step = Math.min(most, limit - purged);
      try {
        int last = database.write(() -> events.purge(finishedBefore, step));
        purged += last;
        isOver = last < step;
      } catch (DiskFullException e) {
        if (most == SMALLEST_PURGE_STEP) {
          throw e;
        }
        most = Math.max(SMALLEST_PURGE_STEP, most / 10);
      }
    }
    makeRoom();
    return purged;
  }

  /// While the disk is full, returns the space that was freed within the file to the disk.
  private void makeRoom() {
    if (!isStillFull()) {
      return;
    }
    try {
      boolean isGivingBack = true;
      for (int step = 1; step <= MOST_STEPS_BACK && isGivingBack; step++) {
        isGivingBack = database.write(() -> events.giveRoomBack(PAGES_BACK));
        if (step % STEPS_A_LOG == 0) {
          database.emptyLog();
        }
      }
    } catch (DiskFullException e) {
      // The pages returned so far help the next call.
    }
    database.emptyLog();
    var _ = isStillFull();
  }

  private boolean isStillFull() {
    return database.writeUrgently(
        () -> {
          room.check();
          return room.isFull();
        });
  }

  @Override
  public Durability durability() {
    return Durability.FSYNCED;
  }

  @Override
  public Optional<DiskReport> disk() {
    return Optional.of(new DiskReport(room.isFull(), OptionalLong.of(room.logBytes())));
  }
}
