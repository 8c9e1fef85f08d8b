package dev.sluice.adapter.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Limits each client address with a token bucket: it fills at a steady rate up to the burst, and
/// each request takes one token.
///
/// IPv6 addresses count by their /64, because one client can have all of it. When there are more
/// clients than buckets, new ones share a bucket with their network (/48, or /24 for IPv4), so that
/// a network with many addresses cannot use up the buckets of others.
public final class RateLimiter {

  private static final int MAX_CLIENTS = 50_000;
  private static final int IPV6_PREFIX_BYTES = 8;
  private static final int IPV6_NETWORK_BYTES = 6;
  private static final int IPV4_NETWORK_BYTES = 3;
  private static final long NANOS_BETWEEN_SWEEPS = 1_000_000_000;
  private static final String EVERYBODY_ELSE = "*";
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final int burst;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /// Buckets of networks, for clients without a bucket of their own.
  private final Map<String, Bucket> shared = new ConcurrentHashMap<>();

  private final AtomicLong sweepAt;

  /// @param perSecond tokens per second
  /// @param burst size of the bucket
  /// @param nanoTime a monotonic clock
  public RateLimiter(double perSecond, int burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
    this.sweepAt = new AtomicLong(nanoTime.getAsLong());
  }

  /// The limiter's decision on a request.
  ///
  /// @param isAllowed whether it is within the rate
  /// @param remaining whole tokens left
  /// @param secondsToNext seconds until the next token
  record Verdict(boolean isAllowed, int remaining, long secondsToNext) {}

  /// Takes a token from this client's bucket.
  Verdict take(InetAddress client) {
    String key = keyOf(client);
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      bucket = newBucket(key, client);
    }
    return bucket.take();
  }

  /// Returns the size of the bucket, which is the most requests at once.
  int burst() {
    return burst;
  }

  /// Returns how many seconds an empty bucket takes to fill.
  long windowSeconds() {
    return Math.max(1, (long) Math.ceil(burst / perSecond));
  }

  private Bucket newBucket(String key, InetAddress client) {
    if (buckets.size() >= MAX_CLIENTS) {
      sweep();
    }
    if (buckets.size() < MAX_CLIENTS) {
      return buckets.computeIfAbsent(key, _ -> new Bucket());
    }
    String network = networkOf(client);
    boolean hasRoom = shared.size() < MAX_CLIENTS || shared.containsKey(network);
    return shared.computeIfAbsent(hasRoom ? network : EVERYBODY_ELSE, _ -> new Bucket());
  }

  /// Removes full buckets: their clients have been idle, and a new bucket is full as well. It scans
  /// all buckets, so it runs at most once a second.
  private void sweep() {
    long now = nanoTime.getAsLong();
    long due = sweepAt.get();
    if (now - due >= 0 && sweepAt.compareAndSet(due, now + NANOS_BETWEEN_SWEEPS)) {
      buckets.values().removeIf(Bucket::isFull);
      shared.values().removeIf(Bucket::isFull);
    }
  }

  private static String networkOf(InetAddress client) {
    byte[] address = client.getAddress();
    int bytes = client instanceof Inet6Address ? IPV6_NETWORK_BYTES : IPV4_NETWORK_BYTES;
    return HexFormat.of().formatHex(Arrays.copyOf(address, bytes));
  }

  /// Returns the key of a client: its address, or the /64 of an IPv6 address.
  public static String keyOf(InetAddress client) {
    byte[] address = client.getAddress();
    return client instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address, IPV6_PREFIX_BYTES))
        : HexFormat.of().formatHex(address);
  }

  /// The tokens of one client; guarded by its monitor.
  private final class Bucket {
    private double tokens = burst;
    private long filledAt = nanoTime.getAsLong();

    synchronized Verdict take() {
      fill();
      boolean isAllowed = tokens >= 1;
      if (isAllowed) {
        tokens--;
      }
      double missing = Math.max(0, 1 - tokens);
      return new Verdict(
          isAllowed, (int) tokens, Math.max(1, (long) Math.ceil(missing / perSecond)));
    }

    synchronized boolean isFull() {
      fill();
      return tokens >= burst;
    }

    private void fill() {
      long now = nanoTime.getAsLong();
      tokens = Math.min(burst, tokens + (now - filledAt) / NANOS_PER_SECOND * perSecond);
      filledAt = now;
    }
  }
}
