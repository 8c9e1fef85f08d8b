package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.claim.ClaimTurns;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which subscriptions may have due deliveries, as far as this node knows: from what it stored and
/// settled itself, from news of other nodes, and from a look at the database once a second, which
/// costs an index lookup for each subscription with waiting deliveries.
final class WorkTurns {

  private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();
  private static final long BETWEEN_IDLE_LOOKS = Duration.ofMillis(5).toNanos();

  /// After a limit on leases was met: another node may settle meanwhile.
  private static final Duration LATER = Duration.ofMillis(20);

  /// Looks of an idle node take at most this part of the time, one by the number.
  private static final long SHARE = 20;

  private final DatabaseClock clock;

  /// Guarded by this object's monitor, as are the fields below.
  private final ClaimTurns turns = new ClaimTurns();

  /// How often work arrived in subscriptions that are in [#turns].
  private final Map<SubscriptionName, Long> arrivals = new HashMap<>();

  private long lastLook;
  private long lookTook;
  private boolean mustLook = true;

  WorkTurns(DatabaseClock clock) {
    this.clock = clock;
  }

  /// Records that a delivery waits until `dueAt`, by this node's clock.
  synchronized void workArrived(SubscriptionName subscription, Instant dueAt) {
    turns.workArrived(subscription, dueAt);
    arrivals.merge(subscription, 1L, Long::sum);
  }

  /// Returns how often work arrived in the subscription, for [#nothingFound].
  synchronized long arrivals(SubscriptionName subscription) {
    return arrivals.getOrDefault(subscription, 0L);
  }

  /// Makes the next claim look at the database: work may have arrived in any subscription.
  synchronized void lookSoon() {
    mustLook = true;
  }

  /// Returns the subscriptions that a claim should look at, in turn.
  synchronized List<SubscriptionName> due(Quotas quotas) {
    return turns.due(clock.local(), quotas);
  }

  /// Returns the time until a claim with these quotas may find something; zero when it may now.
  synchronized Duration untilDue(Quotas quotas) {
    Instant now = clock.local();
    Duration wait = Duration.between(now, turns.nextDue(now, quotas));
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /// Records that deliveries of the subscription were claimed.
  synchronized void served(SubscriptionName subscription) {
    turns.served(subscription);
  }

  /// Records that a search found nothing in the subscription, unless work arrived since: that may
  /// have been committed after the search began. The next look finds what is due later.
  ///
  /// @param seen [#arrivals] before the search
  synchronized void nothingFound(SubscriptionName subscription, long seen) {
    if (arrivals(subscription) == seen) {
      turns.noneBefore(subscription, Instant.MAX);
      arrivals.remove(subscription);
      mustLook = true;
    }
  }

  /// Records that the subscription may have due deliveries, but must not be claimed for a moment.
  synchronized void lookLater(SubscriptionName subscription) {
    turns.noneBefore(subscription, clock.local().plus(LATER));
  }

  /// Looks at the database when due.
  ///
  /// @param isIdle whether the caller has nothing else to do: then it looks more often, to know
  ///   when retries are due
  /// @return whether it did
  boolean lookWhenDue(Statements statements, boolean isIdle) throws SQLException {
    if (!isLookDue(isIdle)) {
      return false;
    }
    look(statements);
    return true;
  }

  private void look(Statements statements) throws SQLException {
    long begin = System.nanoTime();
    PreparedStatement select = statements.of(PostgresSql.FIRST_DUE);
    clock.bind(select);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        long wait = row.getLong("wait");
        if (!row.wasNull()) {
          var subscription = new SubscriptionName(row.getString("name"));
          workArrived(subscription, wait <= 0 ? Instant.MIN : clock.local().plusNanos(wait));
        }
      }
    }
    took(System.nanoTime() - begin);
  }

  private synchronized void took(long nanos) {
    lookTook = nanos;
  }

  private synchronized boolean isLookDue(boolean isIdle) {
    long now = System.nanoTime();
    boolean isOften = isIdle || mustLook;
    long pause =
        isOften ? Math.clamp(SHARE * lookTook, BETWEEN_IDLE_LOOKS, BETWEEN_LOOKS) : BETWEEN_LOOKS;
    boolean isUrgent = isIdle && mustLook;
    if (!isUrgent && now - lastLook < pause) {
      return false;
    }
    mustLook = false;
    lastLook = now;
    return true;
  }
}
