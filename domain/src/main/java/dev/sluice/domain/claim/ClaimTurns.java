package dev.sluice.domain.claim;

import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Which subscriptions may have due deliveries, and whose turn it is. With it, a claim never looks
/// at a subscription without work, however many there are.
///
/// What it knows about a subscription may be too early, never too late. Not safe for concurrent
/// use.
public final class ClaimTurns {

  /// What is known about a subscription.
  ///
  /// @param dueAt from when on it may have due deliveries
  /// @param turn its place among those that are ready, 0 if it is not
  private record Entry(SubscriptionName name, Instant dueAt, long turn) {

    boolean isReady() {
      return turn > 0;
    }
  }

  private static final Comparator<Entry> BY_TURN = Comparator.comparingLong(Entry::turn);

  private static final Comparator<Entry> BY_DUE_TIME =
      Comparator.comparing(Entry::dueAt).thenComparing(entry -> entry.name.value());

  private final Map<SubscriptionName, Entry> entries = new HashMap<>();

  /// Those that were due when a claim last looked.
  private final TreeSet<Entry> ready = new TreeSet<>(BY_TURN);

  /// The others.
  private final TreeSet<Entry> later = new TreeSet<>(BY_DUE_TIME);

  /// Creates turns that know of no work.
  public ClaimTurns() {
    // Nothing is known yet.
  }

  /// Records that a delivery of the subscription waits until `dueAt`.
  ///
  /// @return whether the subscription was not known to have one that is due so early
  public boolean workArrived(SubscriptionName name, Instant dueAt) {
    Entry known = entries.get(name);
    if (known != null && (known.isReady() || !dueAt.isBefore(known.dueAt))) {
      return false;
    }
    putLater(name, dueAt);
    return true;
  }

  /// Records that no delivery of the subscription is due before `dueAt`, except what [#workArrived]
  /// reports from now on.
  ///
  /// @param dueAt [Instant#MAX] if none waits
  public void noneBefore(SubscriptionName name, Instant dueAt) {
    if (dueAt.equals(Instant.MAX)) {
      forget(name);
    } else if (entries.containsKey(name)) {
      putLater(name, dueAt);
    }
  }

  /// Records that deliveries of the subscription were claimed: the others come first now.
  public void served(SubscriptionName name) {
    Entry known = entries.get(name);
    if (known != null && known.isReady()) {
      putReady(known);
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
      putReady(later.first());
    }
  }

  private void putLater(SubscriptionName name, Instant dueAt) {
    forget(name);
    var entry = new Entry(name, dueAt, 0);
    entries.put(name, entry);
    later.add(entry);
  }

  /// Puts it behind all others that are ready.
  private void putReady(Entry known) {
    forget(known.name);
    var entry = new Entry(known.name, known.dueAt, ready.isEmpty() ? 1 : ready.last().turn + 1);
    entries.put(known.name, entry);
    ready.add(entry);
  }

  private void forget(SubscriptionName name) {
    Entry known = entries.remove(name);
    if (known != null) {
      (known.isReady() ? ready : later).remove(known);
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
      if (entry != null && entry.isReady()) {
        few.add(entry);
      }
    }
    return few;
  }
}
