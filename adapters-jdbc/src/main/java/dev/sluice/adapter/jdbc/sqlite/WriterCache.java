package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.Counts;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
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

/// What the writer keeps in memory beside the database, so that it need not ask: numbers, counts,
/// who works on what, and events that were stored a moment ago. Used by the writer's thread, but
/// for [#counts].
///
/// It follows the database's transactions: what was changed since [#begin] is undone by
/// [#rollback].
final class WriterCache {

  /// Events kept for the claim that follows soon, so that it need not read them.
  private static final int MAX_RECENT = 4_096;

  private static final int MAX_RECENT_CHARACTERS = 16 << 20;

  private final Map<Delivery, Held> leased = new HashMap<>();
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

  /// What a worker of this process works on, and for how long it counts on it.
  private record Held(LiveRow row, TimeLimit leaseEnd) {}

  /// As of the last commit; replaced as a whole.
  private volatile Counts published = new Counts();

  void begin() {
    undo.clear();
    lastSeqBefore = lastSeq;
    countsBefore = counts.copy();
  }

  /// Writes what changed since [#begin], if anything did.
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

  /// Numbers as of the last commit. For every thread.
  Counts counts() {
    return published;
  }

  /// What the database has already.
  void startAt(Totals totals) {
    lastSeq = totals.lastSeq();
    lastSeqBefore = lastSeq;
    counts = totals.counts().copy();
    countsBefore = counts.copy();
  }

  /// What is there but for [Totals], which are written with the next commit.
  void startAt(long seq) {
    lastSeq = seq;
    lastSeqBefore = -1;
  }

  /// What [#write] would write.
  Totals totals() {
    return new Totals(lastSeq, counts.copy());
  }

  long nextSeq() {
    return lastSeq + 1;
  }

  /// The number of the event that was just stored.
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

  /// The event if it is still at hand; it is let go.
  @Nullable Event takeRecent(long seq) {
    Event event = recent.remove(seq);
    if (event != null) {
      recentCharacters -= event.length();
    }
    return event;
  }

  void count(EventStatus status, long number) {
    counts.add(status, number);
  }

  void count(DeliveryStatus status, long number) {
    counts.add(status, number);
  }

  @Nullable LiveRow leased(Claim claim) {
    Held held = leased.get(new Delivery(claim.number(), claim.subscription()));
    return held == null ? null : held.row();
  }

  /// The deliveries whose lease is over. Told by this process alone and by its monotonic counter:
  /// the times in the database are for people to see.
  List<LiveRow> expired() {
    return leased.values().stream()
        .filter(held -> held.leaseEnd().isOver())
        .map(Held::row)
        .toList();
  }

  /// The delivery is worked on, or for longer.
  void lease(LiveRow row, TimeLimit leaseEnd) {
    Delivery delivery = Delivery.of(row);
    Held before = leased.put(delivery, new Held(row, leaseEnd));
    undo.push(() -> restore(delivery, before));
  }

  /// The delivery is no longer worked on.
  void release(LiveRow row) {
    Delivery delivery = Delivery.of(row);
    Held before = leased.remove(delivery);
    undo.push(() -> restore(delivery, before));
  }

  /// Runs when what was changed is undone.
  void onRollback(Runnable task) {
    undo.push(task);
  }

  private void restore(Delivery delivery, @Nullable Held before) {
    if (before == null) {
      leased.remove(delivery);
    } else {
      leased.put(delivery, before);
    }
  }
}
