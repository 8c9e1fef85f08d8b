package dev.sluice.adapter.memory;

import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Token buckets of one process, by Bucket4j and the monotonic clock.
final class MemoryRateTokens implements RateTokens {

  private static final Duration BETWEEN_CLEANUPS = Duration.ofMinutes(1);

  /// Tokens of one refill. Bucket4j has no fractions of tokens: with many, the period is exact.
  private static final int REFILL = 1_000;

  private final TimeSource time;
  private final TimeMeter meter;

  /// Guarded by this object's monitor, as is the next field. Lacks full buckets after a while.
  private final Map<SubscriptionName, Limited> buckets = new HashMap<>();

  private TimeLimit cleanup;

  MemoryRateTokens(TimeSource time) {
    this.time = time;
    this.meter = new Monotonic(time);
    this.cleanup = TimeLimit.of(time, BETWEEN_CLEANUPS);
  }

  /// A bucket, and the limit that it has.
  private record Limited(RateLimit limit, Bucket bucket) {

    boolean isFull() {
      return bucket.getAvailableTokens() >= limit.burst();
    }
  }

  private record Monotonic(TimeSource time) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return time.nanoTime();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  @Override
  public synchronized List<Drawn> draw(List<Draw> draws) {
    if (cleanup.isOver()) {
      cleanup = TimeLimit.of(time, BETWEEN_CLEANUPS);
      buckets.values().removeIf(Limited::isFull);
    }
    return draws.stream().map(this::draw).toList();
  }

  private Drawn draw(Draw draw) {
    Bucket bucket = bucket(draw);
    int drawn = draw.wanted();
    if (drawn < 0) {
      bucket.addTokens(-drawn);
    } else if (drawn > 0) {
      drawn = (int) bucket.tryConsumeAsMuchAsPossible(drawn);
    }
    long wait = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return new Drawn(drawn, Duration.ofNanos(wait));
  }

  private Bucket bucket(Draw draw) {
    Limited known = buckets.computeIfAbsent(draw.subscription(), _ -> full(draw.limit()));
    if (!known.limit().equals(draw.limit())) {
      known
          .bucket()
          .replaceConfiguration(configuration(draw.limit()), TokensInheritanceStrategy.AS_IS);
      buckets.put(draw.subscription(), new Limited(draw.limit(), known.bucket()));
    }
    return known.bucket();
  }

  private Limited full(RateLimit limit) {
    var bucket = Bucket.builder().addLimit(bandwidth(limit)).withCustomTimePrecision(meter).build();
    return new Limited(limit, bucket);
  }

  private static BucketConfiguration configuration(RateLimit limit) {
    return BucketConfiguration.builder().addLimit(bandwidth(limit)).build();
  }

  private static Bandwidth bandwidth(RateLimit limit) {
    int tokens = limit.perSecond() < 1 ? 1 : REFILL;
    Duration period = Duration.ofNanos(Math.round(1e9 * tokens / limit.perSecond()));
    return Bandwidth.builder().capacity(limit.burst()).refillGreedy(tokens, period).build();
  }

  @Override
  public synchronized void forget(SubscriptionName subscription) {
    buckets.remove(subscription);
  }
}
