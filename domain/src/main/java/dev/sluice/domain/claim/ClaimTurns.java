package dev.sluice.domain.claim;

import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Which subscriptions may have due deliveries, and whose turn it is. A claim that goes by it never
/// looks at a subscription without work, however many there are.
///
/// What it knows about a subscription may be too early, never too late. Not safe for concurrent
/// use.
public final class ClaimTurns {

  /// What is known about a subscription.
  private static final class Entry {
    private final SubscriptionName name;
    private Instant dueAt;
    private long turn;
    private boolean isReady;

    Entry(SubscriptionName name, Instant dueAt) {
      this.name = name;
      this.dueAt = dueAt;
    }
  }

  private static final Comparator<Entry> BY_TURN = Comparator.comparingLong(entry -> entry.turn);

  private static final Comparator<Entry> BY_DUE_TIME =
      Comparator.comparing((Entry entry) -> entry.dueAt).thenComparing(entry -> entry.name.value());

  private final Map<SubscriptionName, Entry> entries = new HashMap<>();

  /// Those that were due when a claim last looked.
  private final TreeSet<Entry> ready = new TreeSet<>(BY_TURN);

  /// The others.
  private final TreeSet<Entry> later = new TreeSet<>(BY_DUE_TIME);

  private long lastTurn;

  /// Creates turns that know of no work.
  public ClaimTurns() {
    // Nothing is known yet.
  }

  /// Records that a delivery of the subscription waits until `dueAt`.
  ///
  /// @return whether the subscription was not known to have one that is due so early
  public boolean workArrived(SubscriptionName name, Instant dueAt) {
    Entry known = entries.get(name);
    if (known == null) {
      var entry = new Entry(name, dueAt);
      entries.put(name, entry);
      later.add(entry);
      return true;
    }
    if (known.isReady || !dueAt.isBefore(known.dueAt)) {
      return false;
    }
    later.remove(known);
    known.dueAt = dueAt;
    later.add(known);
    return true;
  }

  /// Records that no delivery of the subscription is due before `dueAt`, except what [#workArrived]
  /// reports from now on.
  ///
  /// @param dueAt [Instant#MAX] if none waits
  public void noneBefore(SubscriptionName name, Instant dueAt) {
    Entry known = entries.get(name);
    if (known == null) {
      return;
    }
    (known.isReady ? ready : later).remove(known);
    if (dueAt.equals(Instant.MAX)) {
      entries.remove(name);
      return;
    }
    known.isReady = false;
    known.dueAt = dueAt;
    later.add(known);
  }

  /// Records that deliveries of the subscription were claimed: the others come first now.
  public void served(SubscriptionName name) {
    Entry known = entries.get(name);
    if (known != null && known.isReady) {
      ready.remove(known);
      known.turn = ++lastTurn;
      ready.add(known);
    }
  }

  /// Returns the subscriptions that may have due deliveries and have a quota, in turn: at most
  /// [Quotas#total] of them, because no claim can serve more.
  public List<SubscriptionName> due(Instant now, Quotas quotas) {
    advance(now);
    List<SubscriptionName> inTurn = new ArrayList<>();
    for (Entry entry : candidates(quotas)) {
      if (inTurn.size() >= quotas.total()) {
        break;
      }
      if (quotas.of(entry.name) > 0) {
        inTurn.add(entry.name);
      }
    }
    return inTurn;
  }

  /// Returns from when on a claim with these quotas may find something; [Instant#MAX] when nothing
  /// waits.
  public Instant nextDue(Instant now, Quotas quotas) {
    advance(now);
    if (quotas.total() > 0) {
      for (Entry entry : candidates(quotas)) {
        if (quotas.of(entry.name) > 0) {
          return now;
        }
      }
    }
    return later.isEmpty() ? Instant.MAX : later.first().dueAt;
  }

  /// Forgets everything.
  public void clear() {
    entries.clear();
    ready.clear();
    later.clear();
  }

  private void advance(Instant now) {
    while (!later.isEmpty() && !later.first().dueAt.isAfter(now)) {
      Entry due = later.removeFirst();
      due.isReady = true;
      due.turn = ++lastTurn;
      ready.add(due);
    }
  }

  /// Those that are due, or those with a quota if these are fewer.
  private Iterable<Entry> candidates(Quotas quotas) {
    if (quotas.names().size() >= ready.size()) {
      return ready;
    }
    var few = new TreeSet<>(BY_TURN);
    for (SubscriptionName name : quotas.names()) {
      Entry entry = entries.get(name);
      if (entry != null && entry.isReady) {
        few.add(entry);
      }
    }
    return few;
  }
}
