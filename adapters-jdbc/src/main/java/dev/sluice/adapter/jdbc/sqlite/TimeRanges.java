package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EventSql;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.TimeRangeIndex;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The earliest and latest time of the events in each block of consecutive sequences (a zone map).
/// Events arrive in about the order in which they occur, so a list by time skips whole blocks.
///
/// All ranges are in memory; a range is never narrower than its events, but may be wider: events
/// that were rolled back or deleted do not narrow it.
final class TimeRanges implements TimeRangeIndex {

  private static final int SIZE = 4_096;

  private final ConcurrentSkipListMap<Long, Span> timeRanges = new ConcurrentSkipListMap<>();

  /// Ranges that were widened and not written yet. The writer's thread only.
  private final Map<Long, Span> changed = new TreeMap<>();

  /// The first block that is kept, once the transaction is committed. The writer's thread only.
  private long forgotten;

  private record Span(long earliest, long latest) {
    boolean mayHold(Instant from, Instant to) {
      return !Instant.ofEpochMilli(latest).isBefore(from)
          && !Instant.ofEpochMilli(earliest).isAfter(to);
    }

    Span widened(Span other) {
      return new Span(Math.min(earliest, other.earliest), Math.max(latest, other.latest));
    }
  }

  void load(Statements statements) throws SQLException {
    try (var rows = statements.of(EventSql.SPANS).executeQuery()) {
      while (rows.next()) {
        timeRanges.put(rows.getLong(1), new Span(rows.getLong(2), rows.getLong(3)));
      }
    }
  }

  /// Adds an event that is being stored.
  void add(long seq, Instant occurredAt) {
    var one = new Span(occurredAt.toEpochMilli(), occurredAt.toEpochMilli());
    long chunk = seq / SIZE;
    Span before = timeRanges.get(chunk);
    Span after = before == null ? one : before.widened(one);
    if (!after.equals(before)) {
      timeRanges.put(chunk, after);
      changed.put(chunk, after);
    }
  }

  /// Writes the ranges that were widened since the last commit.
  void write(Statements statements) throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    PreparedStatement widen = statements.of(EventSql.WIDEN_SPAN);
    for (Map.Entry<Long, Span> entry : changed.entrySet()) {
      widen.setLong(1, entry.getKey());
      widen.setLong(2, entry.getValue().earliest());
      widen.setLong(3, entry.getValue().latest());
      widen.executeUpdate();
    }
  }

  /// Records that what [#write] wrote is durable.
  void written() {
    changed.clear();
    timeRanges.headMap(forgotten).clear();
  }

  /// Forgets the deletions of the transaction that was rolled back. Widened ranges stay wide.
  void rolledBack() {
    forgotten = 0;
  }

  /// Deletes the blocks before the one of this sequence.
  void forgetBefore(Statements statements, long seq) throws SQLException {
    PreparedStatement delete = statements.of(EventSql.DELETE_SPANS_BEFORE);
    delete.setLong(1, seq / SIZE);
    delete.executeUpdate();
    forgotten = seq / SIZE;
  }

  @Override
  public long firstBelow(Statements statements, long seq, Instant from, Instant to) {
    Map.Entry<Long, Span> run = timeRanges.floorEntry((seq - 1) / SIZE);
    while (run != null && !run.getValue().mayHold(from, to)) {
      run = timeRanges.lowerEntry(run.getKey());
    }
    return run == null ? 0 : Math.min(seq, (run.getKey() + 1) * SIZE);
  }
}
