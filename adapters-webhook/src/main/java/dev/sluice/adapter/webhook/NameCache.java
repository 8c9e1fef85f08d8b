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

/// Looks names up on threads of their own and keeps the answers for a short time.
///
/// The resolver of the JDK cannot be interrupted, and blocks the carrier of a virtual thread. So
/// the caller waits only until its deadline, and callers that want the same name share one look-up:
/// a name server that does not answer holds one thread for each name.
final class NameCache {

  static final Duration KEPT = Duration.ofSeconds(30);
  static final Duration FAILURE_KEPT = Duration.ofSeconds(5);

  static final int MAX_NAMES = 10_000;

  private final NameLookup lookup;
  private final Executor threads;
  private final TimeSource time;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

  /// @param threads platform threads; their number bounds how many look-ups run at once
  NameCache(NameLookup lookup, Executor threads, TimeSource time) {
    this.lookup = lookup;
    this.threads = threads;
    this.time = time;
  }

  int size() {
    return entries.size();
  }

  /// Returns at least one address.
  ///
  /// @throws UnknownHostException when the name has no address, or the look-up failed
  /// @throws TimeoutException when there is no answer within the limit
  List<InetAddress> addressesOf(String host, Duration limit)
      throws UnknownHostException, TimeoutException, InterruptedException {
    makeRoom();
    Entry entry =
        entries.compute(host, (name, old) -> old == null || old.isOver() ? begin(name) : old);
    try {
      return entry.answer.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      var failure = new UnknownHostException("No address was found for \"" + host + "\".");
      failure.initCause(e.getCause());
      throw failure;
    }
  }

  private void makeRoom() {
    if (entries.size() >= MAX_NAMES) {
      entries.values().removeIf(Entry::isOver);
    }
    if (entries.size() >= MAX_NAMES) {
      // Otherwise each of the next calls would walk through all of them in vain.
      entries.clear();
    }
  }

  private Entry begin(String host) {
    var entry = new Entry();
    try {
      threads.execute(() -> entry.complete(host));
    } catch (RejectedExecutionException e) {
      entry.fail(e);
    }
    return entry;
  }

  /// One look-up, first running, then answered.
  private final class Entry {

    private final CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();

    /// When a new look-up is due; written before the answer is complete.
    private volatile long end;

    private void complete(String host) {
      try {
        List<InetAddress> addresses = List.of(lookup.addressesOf(host));
        if (addresses.isEmpty()) {
          throw new UnknownHostException(host);
        }
        end = time.nanoTime() + KEPT.toNanos();
        answer.complete(addresses);
      } catch (UnknownHostException | RuntimeException e) {
        fail(e);
      }
    }

    private void fail(Exception cause) {
      end = time.nanoTime() + FAILURE_KEPT.toNanos();
      answer.completeExceptionally(cause);
    }

    private boolean isOver() {
      return answer.isDone() && time.nanoTime() - end >= 0;
    }
  }
}
