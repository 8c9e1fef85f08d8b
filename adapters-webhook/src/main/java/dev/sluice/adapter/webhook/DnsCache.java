package dev.sluice.adapter.webhook;

import dev.sluice.domain.time.TimeSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks names up on threads of their own and keeps the results for a short time.
///
/// The resolver of the JDK cannot be interrupted, and blocks the carrier of a virtual thread. So
/// the caller waits only until its deadline, and callers that want the same name share one lookup:
/// a name server that does not answer holds one thread for each name.
final class DnsCache {

  static final Duration TTL = Duration.ofSeconds(30);
  static final Duration NEGATIVE_TTL = Duration.ofSeconds(5);

  static final int MAX_NAMES = 10_000;

  private final DnsLookup lookup;
  private final Executor threads;
  private final TimeSource time;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

  /// @param threads platform threads; their number bounds how many lookups run at once
  DnsCache(DnsLookup lookup, Executor threads, TimeSource time) {
    this.lookup = lookup;
    this.threads = threads;
    this.time = time;
  }

  int size() {
    return entries.size();
  }

  /// Returns at least one address.
  ///
  /// @throws UnknownHostException when the name has no address, or the lookup failed
  /// @throws TimeoutException when there is no result within the limit
  List<InetAddress> addressesOf(String host, Duration limit)
      throws UnknownHostException, TimeoutException, InterruptedException {
    makeRoom();
    try {
      Entry entry =
          entries.compute(host, (name, old) -> old == null || old.isExpired() ? begin(name) : old);
      return entry.result.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      var failure = new UnknownHostException("No address was found for \"" + host + "\".");
      failure.initCause(e.getCause());
      throw failure;
    } catch (RejectedExecutionException e) {
      // Says nothing about the name, so it is not remembered.
      throw new UnknownHostException("No thread is free to look up \"" + host + "\".");
    }
  }

  private void makeRoom() {
    if (entries.size() >= MAX_NAMES) {
      entries.values().removeIf(Entry::isExpired);
    }
    if (entries.size() >= MAX_NAMES) {
      // Otherwise each of the next calls would walk through all of them in vain.
      entries.clear();
    }
  }

  private Entry begin(String host) {
    var entry = new Entry();
    threads.execute(() -> entry.complete(host));
    return entry;
  }

  /// One lookup, first running, then done.
  private final class Entry {

    private final CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();

    /// When a new lookup is due; written before the result is complete.
    private volatile long end;

    private void complete(String host) {
      try {
        List<InetAddress> addresses = List.of(lookup.addressesOf(host));
        if (addresses.isEmpty()) {
          throw new UnknownHostException(host);
        }
        end = time.nanoTime() + TTL.toNanos();
        result.complete(addresses);
      } catch (UnknownHostException | RuntimeException e) {
        fail(e);
      } catch (Error e) {
        // Without a result, no call would ever look the name up again.
        fail(e);
        throw e;
      }
    }

    private void fail(Throwable cause) {
      end = time.nanoTime() + NEGATIVE_TTL.toNanos();
      result.completeExceptionally(cause);
    }

    private boolean isExpired() {
      return result.isDone() && time.nanoTime() - end >= 0;
    }
  }
}
