package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.RateLimiter;
import dev.sluice.adapter.http.StallGuard;
import dev.sluice.adapter.http.ThrottledLog;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Limits each client address to a share of all connections, so that no address blocks the others,
/// and the probes. When an address has used up its share, or all connections are in use, those that
/// have been idle longest are closed for a new one.
final class ConnectionShares {

  private static final System.Logger LOG = System.getLogger(ConnectionShares.class.getName());

  /// Closing several at once saves the next connections a search.
  private static final int PART_TO_CLOSE = 64;

  /// The minimum interval after a search that found nothing to close.
  private static final long NANOS_BETWEEN_SEARCHES = 50_000_000;

  /// A request without progress for this long may be closed when nothing is idle.
  private static final long STALLED_NANOS = 2_000_000_000;

  private final int most;
  private final int share;
  private final LongSupplier nanoTime;
  private final ThrottledLog log;
  private final Map<String, Integer> byClient = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();
  private long searchAt;

  /// @param most connections at once
  /// @param share most connections of one client address
  ConnectionShares(int most, int share, LongSupplier nanoTime) {
    this.most = most;
    this.share = share;
    this.nanoTime = nanoTime;
    this.log = new ThrottledLog(LOG, nanoTime);
    this.searchAt = nanoTime.getAsLong();
  }

  /// Returns how many connections were closed because the limit was reached.
  long refused() {
    return refused.sum();
  }

  /// Makes room for a new connection; called only by the thread that accepts connections.
  ///
  /// @param open the open connections
  /// @param ender closes a connection
  /// @return false when no connection can be closed
  boolean makeRoom(StallGuard added, Collection<StallGuard> open, Consumer<StallGuard> ender) {
    String client = added.client();
    if (!client.isEmpty()
        && byClient.getOrDefault(client, 0) >= share
        && !closeIdle(open.stream().filter(one -> one.client().equals(client)), ender)) {
      return refuse(added, "this address has reached its limit of " + share + " connections");
    }
    if (open.size() >= most && !closeAny(open, ender)) {
      return refuse(added, "all " + most + " connections are in use");
    }
    return true;
  }

  /// Closes a client's connections that have been idle longest.
  private boolean closeIdle(Stream<StallGuard> ofClient, Consumer<StallGuard> ender) {
    long now = nanoTime.getAsLong();
    return closeOldest(ofClient.filter(StallGuard::isIdle), now, share, ender);
  }

  /// Closes connections of any client: those that have been idle longest, or otherwise those whose
  /// requests have stalled longest.
  private boolean closeAny(Collection<StallGuard> open, Consumer<StallGuard> ender) {
    long now = nanoTime.getAsLong();
    if (now - searchAt < 0) {
      return false;
    }
    boolean isClosed =
        closeOldest(open.stream().filter(StallGuard::isIdle), now, most, ender)
            || closeOldest(
                open.stream().filter(one -> one.hasStalled(now, STALLED_NANOS)), now, most, ender);
    searchAt = isClosed ? now : now + NANOS_BETWEEN_SEARCHES;
    return isClosed;
  }

  private static boolean closeOldest(
      Stream<StallGuard> candidates, long now, int bound, Consumer<StallGuard> ender) {
    List<StallGuard> oldest =
        candidates
            .sorted(Comparator.comparingLong(one -> one.since() - now))
            .limit(Math.max(1, bound / PART_TO_CLOSE))
            .toList();
    oldest.forEach(ender);
    return !oldest.isEmpty();
  }

  private boolean refuse(StallGuard added, String reason) {
    refused.increment();
    log.log(
        Level.WARNING,
        "closed a new connection from " + added.address().getHostAddress() + ": " + reason);
    return false;
  }

  void opened(StallGuard connection) {
    if (!connection.client().isEmpty()) {
      byClient.merge(connection.client(), 1, Integer::sum);
    }
  }

  void ended(StallGuard connection) {
    if (!connection.client().isEmpty()) {
      byClient.computeIfPresent(
          connection.client(), (_, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
    }
  }

  /// Returns the key under which a connection is counted; empty for a trusted proxy, whose
  /// connections belong to many clients.
  static String clientOf(InetAddress address, Predicate<InetAddress> isProxy) {
    return isProxy.test(address) ? "" : RateLimiter.keyOf(address);
  }
}
