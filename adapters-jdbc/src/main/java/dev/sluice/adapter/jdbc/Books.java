package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.DeliveryId;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
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

  private final Map<DeliveryId, Leased> leased = new HashMap<>();
  private final LinkedHashMap<Long, Event> recent = new LinkedHashMap<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private Counts counts = new Counts();
  private Counts countsBefore = new Counts();
  private long lastSeq;
  private long lastSeqBefore;
  private int recentCharacters;

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

  @Nullable Leased leased(DeliveryId delivery) {
    return leased.get(delivery);
  }

  Collection<Map.Entry<DeliveryId, Leased>> allLeased() {
    return List.copyOf(new ArrayList<>(leased.entrySet()));
  }

  void lease(DeliveryId delivery, Leased lease) {
    Leased before = leased.put(delivery, lease);
    undo.push(() -> restore(delivery, before));
  }

  void release(DeliveryId delivery) {
    Leased before = leased.remove(delivery);
    undo.push(() -> restore(delivery, before));
  }

  private void restore(DeliveryId delivery, @Nullable Leased before) {
    if (before == null) {
      leased.remove(delivery);
    } else {
      leased.put(delivery, before);
    }
  }
}
