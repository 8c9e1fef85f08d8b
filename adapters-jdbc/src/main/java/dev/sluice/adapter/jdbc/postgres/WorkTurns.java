package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresSql;
import dev.sluice.domain.claim.ClaimTurns;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which subscriptions may have due deliveries, as far as this node knows: from what it stored and
/// settled itself, from news of other nodes, and from a look at the database once a second, which
/// costs an index lookup for each subscription with waiting deliveries.
final class WorkTurns {

  private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();
  private static final long BETWEEN_IDLE_LOOKS = Duration.ofMillis(5).toNanos();

  /// The wait after a limit on leases was met, because another node may settle meanwhile: it
  /// doubles each time that the limit is still met.
  private static final Duration FIRST_POSTPONEMENT = Duration.ofMillis(20);

  private static final Duration LONGEST_POSTPONEMENT = Duration.ofMillis(320);

  /// Looks of an idle node take at most this part of the time, one by the number.
  private static final long SHARE = 20;

  private final DatabaseClock clock;

  /// Guarded by this object's monitor, as are the fields below.
  private final ClaimTurns turns = new ClaimTurns();

  /// How often work arrived in subscriptions that are in [#turns].
  private final Map<SubscriptionName, Long> arrivals = new HashMap<>();

  /// Subscriptions that may have deliveries of other priorities than the default.
  private final Set<SubscriptionName> prioritized = new HashSet<>();

  /// Subscriptions that have reached their limit on leases, as far as is known.
  private final Map<SubscriptionName, Postponement> postponed = new HashMap<>();

  private record Postponement(Instant until, Duration length) {

    /// A wall clock that was set back must not prolong it.
    boolean isOver(Instant now) {
      return !now.isBefore(until) || now.isBefore(until.minus(length));
    }
  }

  private long lastLook;
  private long lookTook;
  private boolean mustLook = true;

  WorkTurns(DatabaseClock clock) {
    this.clock = clock;
  }

  /// Records that a delivery waits until `dueAt`, by this node's clock.
  synchronized void workArrived(SubscriptionName subscription, Instant dueAt) {
    turns.workArrived(subscription, claimable(subscription, dueAt));
    arrivals.merge(subscription, 1L, Long::sum);
  }

  /// Records that a delivery of another priority than the default waits, or that none does.
  synchronized void prioritized(SubscriptionName subscription, boolean waits) {
    if (waits) {
      prioritized.add(subscription);
    } else {
      prioritized.remove(subscription);
    }
  }

  /// Returns whether deliveries of another priority than the default may wait. What other nodes
  /// stored is known after the next look.
  synchronized boolean mayHavePrioritized(SubscriptionName subscription) {
    return prioritized.contains(subscription);
  }

  /// Returns from when on a delivery that waits until `dueAt` may be claimed.
  private Instant claimable(SubscriptionName subscription, Instant dueAt) {
    Postponement postponement = postponed.get(subscription);
    if (postponement == null || postponement.isOver(clock.local())) {
      return dueAt;
    }
    return dueAt.isBefore(postponement.until) ? postponement.until : dueAt;
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
    postponed.remove(subscription);
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

  /// Records that the subscription may have due deliveries, but has reached its limit on leases.
  synchronized void limitReached(SubscriptionName subscription) {
    Postponement before = postponed.get(subscription);
    Duration wait = before == null ? FIRST_POSTPONEMENT : before.length.multipliedBy(2);
    wait = wait.compareTo(LONGEST_POSTPONEMENT) < 0 ? wait : LONGEST_POSTPONEMENT;
    var postponement = new Postponement(clock.local().plus(wait), wait);
    postponed.put(subscription, postponement);
    turns.noneBefore(subscription, postponement.until);
  }

  /// Records that this node has ended a lease.
  ///
  /// @return whether a claim may find more because of that
  synchronized boolean leaseEnded(SubscriptionName subscription) {
    if (postponed.remove(subscription) == null) {
      return false;
    }
    workArrived(subscription, Instant.MIN);
    return true;
  }

  /// Looks at the database when due.
  ///
  /// @param isIdle whether the caller has nothing else to do: then it looks more often, to know
  ///   when retries are due
  void lookWhenDue(ConnectionPool connections, boolean isIdle) {
    if (isLookDue(isIdle)) {
      connections.one(this::look);
    }
  }

  private boolean look(Statements statements) throws SQLException {
    long begin = System.nanoTime();
    PreparedStatement select = statements.of(PostgresSql.FIRST_DUE);
    clock.bind(select);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        long wait = row.getLong("wait");
        if (!row.wasNull()) {
          var subscription = new SubscriptionName(row.getString("name"));
          prioritized(subscription, row.getBoolean("is_prioritized"));
          workArrived(subscription, wait <= 0 ? Instant.MIN : clock.local().plusNanos(wait));
        }
      }
    }
    took(System.nanoTime() - begin);
    return true;
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
