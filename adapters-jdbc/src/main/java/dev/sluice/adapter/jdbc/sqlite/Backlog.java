package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.sqlite.sql.LiveSql;

/// The two backlogs of a subscription, which are claimed apart.
enum Backlog {
  REGULAR(LiveSql.NEXT_DUE, LiveSql.FIRST_WAITING),

  /// Deliveries whose last attempt was abandoned.
  ABANDONED(LiveSql.NEXT_DUE_ABANDONED, LiveSql.FIRST_ABANDONED);

  private final String nextDueSql;
  private final String firstSql;

  Backlog(String nextDueSql, String firstSql) {
    this.nextDueSql = nextDueSql;
    this.firstSql = firstSql;
  }

  /// Returns the backlog of a waiting delivery.
  static Backlog of(LiveRow row) {
    return row.isAbandoned() ? ABANDONED : REGULAR;
  }

  /// Returns the query for the deliveries that have been due longest.
  String nextDueSql() {
    return nextDueSql;
  }

  /// Returns the query for the earliest due time.
  String firstSql() {
    return firstSql;
  }
}
