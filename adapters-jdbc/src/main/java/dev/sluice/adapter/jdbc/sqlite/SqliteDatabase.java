package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.Counts;
import dev.sluice.adapter.jdbc.DeadLetterReads;
import dev.sluice.adapter.jdbc.Dialect;
import dev.sluice.adapter.jdbc.DiskFullException;
import dev.sluice.adapter.jdbc.FullDiskNotice;
import dev.sluice.adapter.jdbc.Query;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.claim.PriorityOrder;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.time.TimeSource;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/// An open database: one writer, a few readers, and the writer cache.
final class SqliteDatabase implements AutoCloseable {

  private static final int READERS = 3;

  private final TimeSource clock;
  private final Statements writing;
  private final WriteTransaction transaction;
  private final GroupCommit writer;
  private final ReaderPool readers;
  private final ReaderPool quickReader;
  private final WriterCache writerCache = new WriterCache();
  private final PriorityOrder order;
  private final TimeRanges timeRanges = new TimeRanges();
  private final WorkSignal signal = new WorkSignal();
  private final LaneWrites lanes;
  private final LaneArrangements arrangements;
  private final DeliveryWrites deliveries;
  private final EventWrites events;
  private final Claims claims;
  private final FullDiskNotice fullDisk;
  private final DiskRoom room;
  private final WriteAheadLog log;
  private final Checkpointer checkpointer;

  /// Opens a database whose tables are up to date, and expires the leases that the last process
  /// left.
  ///
  /// @param threads makes the writer's thread and those of the readers: platform threads
  SqliteDatabase(SqliteSettings settings, TimeSource clock, ThreadFactory threads)
      throws SQLException {
    this(settings, new WriteAheadLog.Limits(), clock, threads);
  }

  /// Opens a database with limits that a test sets.
  SqliteDatabase(
      SqliteSettings settings, WriteAheadLog.Limits limits, TimeSource clock, ThreadFactory threads)
      throws SQLException {
    var connections = new Connections(settings.file());
    var space = DiskReserve.Space.of(settings.directory());
    var reserve = new DiskReserve(settings.reserveFile(), space);
    this.clock = clock;
    this.fullDisk = new FullDiskNotice(clock);
    this.writing = new Statements(connections.writer(), Dialect.SQLITE);
    this.order = settings.order();
    var priorities = new PriorityLines(writing, writerCache, order);
    var rows = new LiveRows(writing, signal, priorities);
    var laneTable = new LaneTable(writerCache);
    this.lanes = new LaneWrites(writing, rows, laneTable, writerCache);
    this.arrangements = new LaneArrangements(writing, rows, lanes, laneTable, writerCache);
    this.deliveries = new DeliveryWrites(writing, writerCache, rows, lanes);
    this.events = new EventWrites(writing, deliveries, writerCache, timeRanges, arrangements);
    this.claims = new Claims(writing, deliveries, writerCache, signal, priorities, clock);
    this.room = new DiskRoom(settings, reserve, writing);
    this.checkpointer =
        new Checkpointer(
            new Statements(connections.checkpointer(), Dialect.SQLITE),
            connections.logPagesToCopy(),
            threads);
    this.log = new WriteAheadLog(settings.logFile(), limits, writing, checkpointer);
    this.transaction = new WriteTransaction(writing, writerCache, timeRanges, room, log);
    this.readers = new ReaderPool(readers(connections), threads);
    this.quickReader =
        new ReaderPool(List.of(new Statements(connections.reader(), Dialect.SQLITE)), threads);
    this.writer = new GroupCommit(transaction, threads);
    write(this::load);
  }

  private static List<Statements> readers(Connections connections) throws SQLException {
    List<Statements> all = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      all.add(new Statements(connections.reader(), Dialect.SQLITE));
    }
    return all;
  }

  private int load() throws SQLException {
    new WriterCacheLoader(writing, writerCache).load();
    timeRanges.load(writing);
    claims.takeOver();
    arrangements.load();
    room.check();
    return 0;
  }

  Storage storage() {
    return new Storage(
        new SqliteEventStore(this, events, timeRanges, room, fullDisk),
        new SqliteDeliveryQueue(this, claims, signal),
        new SqliteDeliveryControl(this, writing, deliveries, events),
        (trend, limit) -> read(statements -> DeadLetterReads.groups(statements, trend, limit)),
        new SqliteBulkJobs(
            this,
            writing,
            deliveries,
            new BackfillWrites(writing, deliveries, writerCache),
            timeRanges),
        Optional.of(new SqliteLanes(this, lanes, arrangements)));
  }

  /// The order in which due deliveries begin.
  PriorityOrder order() {
    return order;
  }

  Instant now() {
    return clock.instant();
  }

  /// Runs the operation in a transaction of the writer; durable on return.
  <T> T write(GroupCommit.Operation<T> operation) {
    requireUsable();
    return writer.write(operation);
  }

  /// Like [#write], on the writer's connection.
  <T> T write(Query<T> query) {
    return write(() -> query.run(writing));
  }

  /// Like [#write], in a transaction of its own, so that other operations need not wait for its
  /// writes.
  <T> T writeLarge(GroupCommit.Operation<T> operation) {
    requireUsable();
    return writer.writeLarge(operation);
  }

  /// Like [#write], but before all operations that are not urgent. An operation that meets a full
  /// disk is retried once, because the reserve has been deleted for it.
  <T> T writeUrgently(GroupCommit.Operation<T> operation) {
    requireUsable();
    try {
      return writer.writeUrgently(operation);
    } catch (DiskFullException e) {
      return writer.writeUrgently(operation);
    }
  }

  <T> T read(Query<T> query) {
    return readers.read(query);
  }

  /// Like [#read], for short queries that must not wait behind long ones.
  <T> T readQuickly(Query<T> query) {
    return quickReader.read(query);
  }

  /// Truncates the log between transactions, to return its space to the disk.
  void emptyLog() {
    writer.writeUrgently(
        () -> {
          log.emptyAfterCommit();
          return 0;
        });
  }

  /// @throws StoreUnavailableException when the disk failed and nothing is acknowledged any more
  void requireUsable() {
    transaction.requireUsable();
  }

  /// Returns the counts as of the last commit.
  Counts counts() {
    return writerCache.counts();
  }

  /// For tests: to write events in a transaction that fails.
  EventWrites events() {
    return events;
  }

  /// For tests: to search with counts of their own.
  TimeRanges timeRanges() {
    return timeRanges;
  }

  /// Writes queued operations and closes the file.
  ///
  /// @throws PortException when it cannot be closed; acknowledged events are safe
  @Override
  public void close() {
    writer.close();
    readers.close();
    quickReader.close();
    try {
      try (writing;
          checkpointer) {
        // Closed in reverse order: the last connection, the writer's, removes the log.
      }
    } catch (SQLException e) {
      throw new PortException("cannot close the database: " + e.getMessage(), e);
    }
  }
}
