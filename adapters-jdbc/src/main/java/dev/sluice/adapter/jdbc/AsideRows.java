package dev.sluice.adapter.jdbc;

import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What both databases do alike about deliveries that are set aside.
final class AsideRows {

  /// After a claim has set something aside it looks at so many deliveries at a time, so that it is
  /// soon past a long row of them.
  static final int LOOK = 1_000;

  /// So often one claim looks; the rest is for the next one.
  static final int MOST_LOOKS = 4;

  private AsideRows() {}

  /// The subscriptions of which something is set aside.
  static List<SubscriptionName> names(Statements statements, String sql) throws SQLException {
    var names = new ArrayList<SubscriptionName>();
    try (ResultSet row = statements.of(sql).executeQuery()) {
      while (row.next()) {
        names.add(new SubscriptionName(row.getString(1)));
      }
    }
    return names;
  }
}
