package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.postgres.sql.WaitingSql;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps the leases of a subscription within [Quotas#mostLeased] over all nodes. While a node
/// counts and claims, an advisory lock keeps others from claiming deliveries of the same
/// subscription; they do not wait for it, but come back a moment later. Runs in the transaction of
/// the claim.
final class LeaseLimits {

  private final Statements statements;
  private final WorkTurns turns;

  LeaseLimits(Statements statements, WorkTurns turns) {
    this.statements = statements;
    this.turns = turns;
  }

  /// Returns those subscriptions that have a limit.
  static List<SubscriptionName> limited(Quotas quotas, List<SubscriptionName> subscriptions) {
    return subscriptions.stream()
        .filter(name -> quotas.mostLeased(name) < Integer.MAX_VALUE)
        .toList();
  }

  /// Limits quotas to what may be leased now. Those that may have none are looked at again a moment
  /// later.
  void apply(RemainingQuotas quotas, List<SubscriptionName> limited) throws SQLException {
    List<SubscriptionName> locked = lock(limited);
    // A statement of its own: it has to see what others committed before they unlocked.
    Map<SubscriptionName, Integer> leased = locked.isEmpty() ? Map.of() : count(locked);
    for (SubscriptionName name : limited) {
      int left =
          locked.contains(name)
              ? Math.max(0, quotas.mostLeased(name) - leased.getOrDefault(name, 0))
              : 0;
      quotas.limit(name, left);
      if (left == 0) {
        turns.limitReached(name);
      }
    }
  }

  private List<SubscriptionName> lock(List<SubscriptionName> names) throws SQLException {
    PreparedStatement lock = statements.of(WaitingSql.LOCK_LIMITS);
    new ArrayParameters<>(lock, 1, names).texts(SubscriptionName::value);
    var locked = new ArrayList<SubscriptionName>();
    try (ResultSet row = lock.executeQuery()) {
      while (row.next()) {
        locked.add(new SubscriptionName(row.getString(1)));
      }
    }
    return locked;
  }

  private Map<SubscriptionName, Integer> count(List<SubscriptionName> names) throws SQLException {
    PreparedStatement count = statements.of(WaitingSql.COUNT_LEASED);
    new ArrayParameters<>(count, 1, names).texts(SubscriptionName::value);
    var leased = new HashMap<SubscriptionName, Integer>();
    try (ResultSet row = count.executeQuery()) {
      while (row.next()) {
        leased.put(new SubscriptionName(row.getString(1)), row.getInt(2));
      }
    }
    return leased;
  }
}
