package dev.sluice.adapter.jdbc;

import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What both databases share about parked deliveries.
public final class ParkedRows {

  /// After a claim has parked deliveries, it reads this many at a time, to get past a long row of
  /// them quickly.
  public static final int LOOK = 1_000;

  /// Most reads of one claim; the next claim continues.
  public static final int MOST_LOOKS = 4;

  private ParkedRows() {}

  /// Returns the subscriptions that have parked deliveries.
  public static List<SubscriptionName> names(Statements statements, String sql)
      throws SQLException {
    var names = new ArrayList<SubscriptionName>();
    try (ResultSet row = statements.of(sql).executeQuery()) {
      while (row.next()) {
        names.add(new SubscriptionName(row.getString(1)));
      }
    }
    return names;
  }

  /// Returns a query for the subscriptions that have parked deliveries: one index lookup for each.
  public static String namesIn(String table) {
    return """
    with recursive names(name) as (
      select min(subscription) from %1$s where due_at >= 4611686018427387904
      union all
      select (select min(subscription) from %1$s
              where due_at >= 4611686018427387904 and subscription > name)
      from names where name is not null
    )
    select name from names where name is not null limit 10000
    """
        .formatted(table);
  }
}
