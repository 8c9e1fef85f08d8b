package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// What both databases have in common when they count deliveries by subscription.
public final class SubscriptionCountReads {

  /// Most deliveries that are counted of one subscription.
  private static final int MOST_OF_ONE = 10_000;

  /// Deliveries that are counted of each subscription, however many have a backlog.
  private static final int FEWEST_OF_ONE = 20;

  /// Most groups of equal errors whose dead letters are counted.
  private static final int MOST_GROUPS = 1_000;

  /// The fingerprints of dead letters: one index lookup for each.
  private static final String PRINTS =
      """
      with recursive prints(fingerprint) as (
        select (select f.fingerprint from finished f
                where f.status = 2 and f.fingerprint is not null
                order by f.fingerprint limit 1)
        union all
        select (select f.fingerprint from finished f
                where f.status = 2 and f.fingerprint > prints.fingerprint
                order by f.fingerprint limit 1)
        from prints where fingerprint is not null
      )
      """;

  /// Parameter: limit.
  private static final String COUNT_PRINTS =
      PRINTS
          + """
          select count(*)
          from (select 1 from prints where fingerprint is not null limit ?) picked
          """;

  /// Selects the number of dead letters of each fingerprint, which belongs to one subscription,
  /// from an index. Parameters: most dead letters of one fingerprint, most fingerprints.
  private static final String FAILED =
      PRINTS
          + """
          select (select f.subscription from finished f
                  where f.status = 2 and f.fingerprint = prints.fingerprint limit 1) as name,
                 (select count(*) from (
                    select 1 from finished f
                    where f.status = 2 and f.fingerprint = prints.fingerprint limit ?) picked) as number
          from prints where fingerprint is not null limit ?
          """;

  private SubscriptionCountReads() {}

  /// Returns how many deliveries to count of each subscription.
  ///
  /// @param subscriptions number of subscriptions with a backlog
  public static int most(int subscriptions) {
    int share = EventStore.MAX_COUNTED / Math.max(1, subscriptions);
    return Math.clamp(share, FEWEST_OF_ONE, MOST_OF_ONE);
  }

  /// Adds the number of dead letters.
  public static void addFailed(Statements statements, CountsBySubscription.Builder counts)
      throws SQLException {
    int groups = countGroups(statements);
    if (groups == 0) {
      return;
    }
    if (groups == MOST_GROUPS) {
      counts.mayHaveMore(DeliveryStatus.FAILED);
    }
    int most = most(groups);
    PreparedStatement select = statements.of(FAILED);
    select.setInt(1, most);
    select.setInt(2, groups);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        addGroup(row, most, counts);
      }
    }
  }

  private static int countGroups(Statements statements) throws SQLException {
    PreparedStatement select = statements.of(COUNT_PRINTS);
    select.setInt(1, MOST_GROUPS);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void addGroup(ResultSet row, int most, CountsBySubscription.Builder counts)
      throws SQLException {
    String name = row.getString("name");
    if (name == null) {
      // The last one was replayed meanwhile.
      return;
    }
    var subscription = new SubscriptionName(name);
    long number = row.getLong("number");
    counts.add(subscription, DeliveryStatus.FAILED, number);
    if (number == most) {
      counts.mayHaveMore(subscription, DeliveryStatus.FAILED);
    }
  }

  /// Adds the number of waiting deliveries.
  ///
  /// @param isCut whether counting stopped before the last delivery
  public static void addWaiting(
      CountsBySubscription.Builder counts,
      SubscriptionName subscription,
      long received,
      long retrying,
      boolean isCut) {
    counts.add(subscription, DeliveryStatus.RECEIVED, received);
    counts.add(subscription, DeliveryStatus.RETRYING, retrying);
    if (isCut) {
      counts.mayHaveMore(subscription, DeliveryStatus.RECEIVED);
      counts.mayHaveMore(subscription, DeliveryStatus.RETRYING);
    }
  }
}
