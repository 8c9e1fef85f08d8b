package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EventSql;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.StatusCode;
import dev.sluice.adapter.jdbc.sqlite.sql.FanOutSql;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;

/// Loads the writer cache when the database is opened. Afterwards the cache is kept up to date. A
/// database without totals is counted, once, and so are the deliveries of each event: it is from
/// before totals were stored, or an operator deleted them because they were wrong.
final class WriterCacheLoader {

  private final Statements statements;
  private final WriterCache writerCache;

  WriterCacheLoader(Statements statements, WriterCache writerCache) {
    this.statements = statements;
    this.writerCache = writerCache;
  }

  void load() throws SQLException {
    Optional<Totals> totals = Totals.read(statements);
    if (totals.isPresent()) {
      writerCache.startAt(totals.get());
    } else {
      new FanOuts(statements).countAll();
      count();
    }
  }

  /// Counts all rows, also those of an older database.
  void count() throws SQLException {
    try (ResultSet row = statements.of(EventSql.LAST_SEQ).executeQuery()) {
      row.next();
      writerCache.startAt(row.getLong(1));
    }
    loadLive();
    loadFinished();
    loadSiblings();
  }

  private void loadLive() throws SQLException {
    try (ResultSet row = statements.of(EventSql.COUNT_LIVE).executeQuery()) {
      while (row.next()) {
        count(StatusCode.live(row.getInt(1)), row.getLong(2), row.getLong(3));
      }
    }
  }

  private void loadFinished() throws SQLException {
    try (ResultSet row = statements.of(EventSql.COUNT_FINISHED).executeQuery()) {
      while (row.next()) {
        long number = row.getLong(2);
        long withSiblings = row.getLong(3);
        int status = row.getInt(1);
        switch (status) {
          case StatusCode.UNROUTED -> writerCache.count(EventStatus.UNROUTED, number);
          case StatusCode.COMPLETED -> count(DeliveryStatus.COMPLETED, number, withSiblings);
          case StatusCode.FAILED -> count(DeliveryStatus.FAILED, number, withSiblings);
          case StatusCode.EXPIRED -> count(DeliveryStatus.EXPIRED, number, withSiblings);
          case StatusCode.CANCELLED -> count(DeliveryStatus.CANCELLED, number, withSiblings);
          default -> throw new SQLException("unknown status of a finished delivery: " + status);
        }
      }
    }
  }

  /// With one delivery, the event's status is the delivery's.
  private void count(DeliveryStatus status, long number, long withSiblings) {
    writerCache.count(status, number);
    writerCache.count(EventStatus.of(status), number - withSiblings);
  }

  private void loadSiblings() throws SQLException {
    try (ResultSet row = statements.of(FanOutSql.COUNT_EVENTS).executeQuery()) {
      while (row.next()) {
        var statuses = EnumSet.noneOf(DeliveryStatus.class);
        for (DeliveryStatus status : DeliveryStatus.values()) {
          if (row.getBoolean(status.wireName())) {
            statuses.add(status);
          }
        }
        writerCache.count(EventStatus.of(statuses), row.getLong("events"));
      }
    }
  }
}
