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

/// Gives each client address a share of all connections, so that no address keeps the others, and
/// the probes, out. When an address has used up its share, or all connections are in use, the ones
/// that have been idle longest are closed for a new one.
final class ConnectionShares {

  private static final System.Logger LOG = System.getLogger(ConnectionShares.class.getName());

  /// Closing some at once spares the next connections another search.
  private static final int PART_TO_CLOSE = 64;

  /// A search that found nothing to close is not repeated for as long.
  private static final long NANOS_BETWEEN_SEARCHES = 50_000_000;

  /// A request that did not move for as long makes room when nothing else can.
  private static final long STALLED_NANOS = 2_000_000_000;

  private final int most;
  private final int share;
  private final LongSupplier nanoTime;
  private final ThrottledLog log;
  private final Map<String, Integer> byClient = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();
  private long searchAt;

  /// @param most connections at once
  /// @param share of one client address
  ConnectionShares(int most, int share, LongSupplier nanoTime) {
    this.most = most;
    this.share = share;
    this.nanoTime = nanoTime;
    this.log = new ThrottledLog(LOG, nanoTime);
    this.searchAt = nanoTime.getAsLong();
  }

  /// Connections that were closed because there was no room for them.
  long refused() {
    return refused.sum();
  }

  /// Makes room for a new connection; called by the thread that accepts connections alone.
  ///
  /// @param open those that are open
  /// @param ender closes one of them
  /// @return false when there is none
  boolean makeRoom(StallGuard added, Collection<StallGuard> open, Consumer<StallGuard> ender) {
    String client = added.client();
    if (!client.isEmpty()
        && byClient.getOrDefault(client, 0) >= share
        && !closeIdle(open.stream().filter(one -> one.client().equals(client)), ender)) {
      return refuse(added, "this address has its share of " + share + " connections open");
    }
    if (open.size() >= most && !closeAny(open, ender)) {
      return refuse(added, "all " + most + " connections are in use");
    }
    return true;
  }

  /// Closes the connections of a client that have been idle longest.
  private boolean closeIdle(Stream<StallGuard> ofClient, Consumer<StallGuard> ender) {
    long now = nanoTime.getAsLong();
    return closeOldest(ofClient.filter(StallGuard::isIdle), now, share, ender);
  }

  /// Closes connections of any client: those that have been idle longest, or else requests that
  /// have stalled longest.
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

  /// What a connection is counted under; empty for a trusted proxy, which has those of many
  /// clients.
  static String clientOf(InetAddress address, Predicate<InetAddress> isProxy) {
    return isProxy.test(address) ? "" : RateLimiter.keyOf(address);
  }
}
