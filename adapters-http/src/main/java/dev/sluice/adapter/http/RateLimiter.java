package dev.sluice.adapter.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Gives each client address a token bucket: it fills at a steady rate up to the burst, and each
/// request takes one token.
///
/// Addresses of IPv6 count by their /64, because one client can have all of it.
final class RateLimiter {

  private static final int MAX_CLIENTS = 50_000;
  private static final int IPV6_PREFIX_BYTES = 8;
  private static final String EVERYBODY_ELSE = "*";
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final int burst;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /// @param perSecond tokens per second
  /// @param burst size of the bucket
  /// @param nanoTime a clock that never goes back
  RateLimiter(double perSecond, int burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
  }

  /// What became of a request.
  ///
  /// @param isAllowed whether it may go on
  /// @param remaining whole tokens left
  /// @param secondsToNext until the next token is there
  record Verdict(boolean isAllowed, int remaining, long secondsToNext) {}

  /// Takes a token of this client.
  Verdict take(InetAddress client) {
    String key = keyOf(client);
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      bucket = newBucket(key);
    }
    return bucket.take();
  }

  /// The size of the bucket, and so the most requests at once.
  int burst() {
    return burst;
  }

  /// How many seconds an empty bucket takes to fill.
  long windowSeconds() {
    return Math.max(1, (long) Math.ceil(burst / perSecond));
  }

  private Bucket newBucket(String key) {
    if (buckets.size() >= MAX_CLIENTS) {
      // Full buckets belong to clients that have been quiet; forgetting them changes nothing for
      // them.
      buckets.values().removeIf(Bucket::isFull);
    }
    String place = buckets.size() < MAX_CLIENTS ? key : EVERYBODY_ELSE;
    return buckets.computeIfAbsent(place, _ -> new Bucket());
  }

  /// What stands for a client: its address, or the /64 of an IPv6 address.
  static String keyOf(InetAddress client) {
    byte[] address = client.getAddress();
    return client instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address, IPV6_PREFIX_BYTES))
        : HexFormat.of().formatHex(address);
  }

  /// Tokens of one client; guarded by its monitor.
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
