package dev.sluice.adapter.jdbc;

import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What both databases do alike about deliveries that are set aside.
public final class ParkedRows {

  /// After a claim has set something aside it looks at so many deliveries at a time, so that it is
  /// soon past a long row of them.
  public static final int LOOK = 1_000;

  /// So often one claim looks; the rest is for the next one.
  public static final int MOST_LOOKS = 4;

  private ParkedRows() {}

  /// The subscriptions of which something is set aside.
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

  /// Finds the subscriptions that have parked deliveries: a look into the index for each.
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
