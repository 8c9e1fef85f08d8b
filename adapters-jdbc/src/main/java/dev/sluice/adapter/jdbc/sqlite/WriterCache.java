package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.Counts;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.claim.LeaseCounts;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeLimit;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the writer keeps in memory beside the database, so that it need not query it: the last
/// sequence, counts, leases, and events that were stored a moment ago. Used by the writer's thread,
/// except [#counts].
///
/// It follows the database's transactions: [#rollback] undoes all changes since [#begin].
final class WriterCache {

  /// Events kept for the claim that follows soon, so that it need not read them.
  private static final int MAX_RECENT = 4_096;

  private static final int MAX_RECENT_CHARACTERS = 16 << 20;

  private final Map<Delivery, Held> leased = new HashMap<>();
  private final LeaseCounts leases = new LeaseCounts();
  private final LinkedHashMap<Long, Event> recent = new LinkedHashMap<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private Counts counts = new Counts();
  private Counts countsBefore = new Counts();
  private long lastSeq;
  private long lastSeqBefore;
  private int recentCharacters;

  private record Delivery(long seq, SubscriptionName subscription) {
    static Delivery of(LiveRow row) {
      return new Delivery(row.seq(), row.subscription());
    }
  }

  /// A leased delivery of this process, and when its lease ends.
  private record Held(LiveRow row, TimeLimit leaseEnd) {}

  /// Counts as of the last commit; replaced as a whole.
  private volatile Counts published = new Counts();

  void begin() {
    undo.clear();
    lastSeqBefore = lastSeq;
    countsBefore = counts.copy();
  }

  /// Writes the totals, if they changed since [#begin].
  void write(Statements statements) throws SQLException {
    if (lastSeq != lastSeqBefore || !counts.isSameAs(countsBefore)) {
      new Totals(lastSeq, counts).write(statements);
    }
  }

  void commit() {
    undo.clear();
    published = counts.copy();
  }

  void rollback() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
    lastSeq = lastSeqBefore;
    counts = countsBefore.copy();
  }

  /// Returns the counts as of the last commit. For every thread.
  Counts counts() {
    return published;
  }

  /// Starts with the totals stored in the database.
  void startAt(Totals totals) {
    lastSeq = totals.lastSeq();
    lastSeqBefore = lastSeq;
    counts = totals.counts().copy();
    countsBefore = counts.copy();
  }

  /// Starts without [Totals], which are written with the next commit.
  void startAt(long seq) {
    lastSeq = seq;
    lastSeqBefore = -1;
  }

  /// Returns what [#write] would write.
  Totals totals() {
    return new Totals(lastSeq, counts.copy());
  }

  long nextSeq() {
    return lastSeq + 1;
  }

  /// Records an event that was just stored.
  void took(long seq, Event event) {
    lastSeq = seq;
    int characters = event.length();
    recent.put(seq, event);
    recentCharacters += characters;
    undo.push(() -> takeRecent(seq));
    while (recent.size() > MAX_RECENT || recentCharacters > MAX_RECENT_CHARACTERS) {
      takeRecent(recent.firstEntry().getKey());
    }
  }

  /// Removes and returns the event, if it is still in the cache.
  @Nullable Event takeRecent(long seq) {
    Event event = recent.remove(seq);
    if (event != null) {
      recentCharacters -= event.length();
    }
    return event;
  }

  /// Removes an event that was changed: claims read it again.
  void forgetRecent(long seq) {
    var _ = takeRecent(seq);
  }

  void count(EventStatus status, long number) {
    counts.add(status, number);
  }

  void count(DeliveryStatus status, long number) {
    counts.add(status, number);
  }

  @Nullable LiveRow leased(Claim claim) {
    Held held = leased.get(new Delivery(claim.sequence(), claim.subscription()));
    return held == null ? null : held.row();
  }

  /// Returns the deliveries whose lease has expired. This process alone decides it, by its
  /// monotonic clock: the times in the database are only for display.
  List<LiveRow> expired() {
    return leased.values().stream()
        .filter(held -> held.leaseEnd().isOver())
        .map(Held::row)
        .toList();
  }

  /// Records a new or extended lease.
  void lease(LiveRow row, TimeLimit leaseEnd) {
    Delivery delivery = Delivery.of(row);
    Held before = leased.put(delivery, new Held(row, leaseEnd));
    if (before == null) {
      leases.leased(row.subscription());
    }
    undo.push(() -> restore(delivery, before));
  }

  /// Records how many deliveries the event of a delivery has, if the delivery is leased.
  void widen(LiveRow row, int siblings) {
    Held held = leased.get(Delivery.of(row));
    if (held != null) {
      replace(held.row().amongSiblings(siblings));
    }
  }

  /// Records another row of a leased delivery.
  void replace(LiveRow row) {
    Delivery delivery = Delivery.of(row);
    Held before = leased.get(delivery);
    if (before != null) {
      leased.put(delivery, new Held(row, before.leaseEnd()));
      undo.push(() -> restore(delivery, before));
    }
  }

  /// Returns the leased deliveries of a subscription.
  List<LiveRow> leasedOf(SubscriptionName subscription) {
    return leased.values().stream()
        .map(Held::row)
        .filter(row -> row.subscription().equals(subscription))
        .toList();
  }

  /// Records that the delivery is no longer leased.
  ///
  /// @return whether a claim may find more because of that
  boolean release(LiveRow row) {
    Delivery delivery = Delivery.of(row);
    Held before = leased.remove(delivery);
    undo.push(() -> restore(delivery, before));
    return before != null && leases.released(row.subscription());
  }

  /// Returns quotas that also respect how many deliveries may be leased. For every thread.
  Quotas limit(Quotas quotas) {
    return leases.limit(quotas);
  }

  /// Runs the task on rollback.
  void onRollback(Runnable task) {
    undo.push(task);
  }

  private void restore(Delivery delivery, @Nullable Held before) {
    if (before == null) {
      leased.remove(delivery);
      var _ = leases.released(delivery.subscription());
    } else if (leased.put(delivery, before) == null) {
      leases.leased(delivery.subscription());
    }
  }
}
