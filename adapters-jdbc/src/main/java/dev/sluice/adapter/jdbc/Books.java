package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.SubscriptionName;
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
final class Books {

  /// Events kept for the claim that follows soon, so that it need not read them.
  private static final int MAX_RECENT = 4_096;

  private static final int MAX_RECENT_CHARACTERS = 16 << 20;

  private final Map<Delivery, LiveRow> leased = new HashMap<>();
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

  /// As of the last commit; replaced as a whole.
  private volatile Counts published = new Counts();

  void begin() {
    undo.clear();
    lastSeqBefore = lastSeq;
    countsBefore = counts.copy();
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

  void startAt(long seq) {
    lastSeq = seq;
  }

  long nextSeq() {
    return lastSeq + 1;
  }

  /// The number of the event that was just stored.
  void took(long seq, Event event) {
    lastSeq = seq;
    int characters = event.payload().length();
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
      recentCharacters -= event.payload().length();
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
    return leased.get(new Delivery(claim.number(), claim.subscription()));
  }

  List<LiveRow> allLeased() {
    return List.copyOf(leased.values());
  }

  /// The delivery is worked on, or for longer.
  void lease(LiveRow row) {
    Delivery delivery = Delivery.of(row);
    LiveRow before = leased.put(delivery, row);
    undo.push(() -> restore(delivery, before));
  }

  /// The delivery is no longer worked on.
  void release(LiveRow row) {
    Delivery delivery = Delivery.of(row);
    LiveRow before = leased.remove(delivery);
    undo.push(() -> restore(delivery, before));
  }

  private void restore(Delivery delivery, @Nullable LiveRow before) {
    if (before == null) {
      leased.remove(delivery);
    } else {
      leased.put(delivery, before);
    }
  }
}
