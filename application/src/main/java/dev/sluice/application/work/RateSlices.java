package dev.sluice.application.work;

import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.claim.RateTokens.Draw;
import dev.sluice.domain.claim.RateTokens.Drawn;
import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Keeps the rate limits of subscriptions over all nodes: this node draws tokens from the buckets
/// of the storage in slices, beside the thread that claims, and each claimed delivery uses one.
///
/// Tokens are drawn on demand only: when a claim could take deliveries of a subscription and few
/// are at hand. A node that dies takes at most one slice of each bucket with it.
final class RateSlices {

  /// A bucket holds at least what this time adds: nodes draw less often than that.
  private static final double SHORTEST_BURST_SECONDS = 0.2;

  private final RateTokens buckets;
  private final Function<SubscriptionName, Optional<RateLimit>> limits;
  private final int slots;
  private final TimeSource time;
  private final Map<SubscriptionName, RateSlice> slices = new ConcurrentHashMap<>();

  /// @param limits the rate limit of a subscription, if it has one
  /// @param slots attempts that this node can run at once
  RateSlices(
      RateTokens buckets,
      Function<SubscriptionName, Optional<RateLimit>> limits,
      int slots,
      TimeSource time) {
    this.buckets = buckets;
    this.limits = limits;
    this.slots = slots;
    this.time = time;
  }

  /// Returns how many deliveries of a subscription may be claimed now. Never waits for the storage.
  int atHand(SubscriptionName name) {
    Optional<RateLimit> limit = limits.apply(name);
    return limit.isEmpty()
        ? Integer.MAX_VALUE
        : slices
            .computeIfAbsent(name, _ -> new RateSlice(limit.get(), slots, time))
            .atHand(limit.get());
  }

  /// Records a claimed delivery.
  void claimed(SubscriptionName name) {
    RateSlice slice = slices.get(name);
    if (slice != null) {
      slice.claimed();
    }
  }

  /// Records that a claimed delivery was handed back before its attempt began.
  void handedBack(SubscriptionName name) {
    RateSlice slice = slices.get(name);
    if (slice != null) {
      slice.handedBack();
    }
  }

  /// A draw for a slice.
  private record Wish(RateSlice slice, Draw draw) {}

  /// Draws the tokens that are wanted, and puts back those that are not used. Waits for the
  /// storage.
  ///
  /// @return whether deliveries may be claimed that could not before
  boolean draw() {
    var wishes = new ArrayList<Wish>();
    slices.forEach(
        (name, slice) -> {
          Optional<RateLimit> limit = limits.apply(name);
          if (limit.isEmpty()) {
            slices.remove(name);
            return;
          }
          int wanted = slice.wanted();
          if (wanted != 0) {
            wishes.add(new Wish(slice, new Draw(name, bucketOf(limit.get()), wanted)));
          }
        });
    return draw(wishes);
  }

  private boolean draw(List<Wish> wishes) {
    if (wishes.isEmpty()) {
      return false;
    }
    List<Drawn> drawn = buckets.draw(wishes.stream().map(Wish::draw).toList());
    boolean isMore = false;
    for (int index = 0; index < drawn.size(); index++) {
      Wish wish = wishes.get(index);
      if (wish.draw().wanted() > 0) {
        isMore |= wish.slice().drawn(wish.draw().wanted(), drawn.get(index));
      }
    }
    return isMore;
  }

  /// Puts back what is at hand, when nothing more is claimed. Waits for the storage.
  void putBackAll() {
    var draws = new ArrayList<Draw>();
    slices.forEach(
        (name, slice) -> {
          Optional<RateLimit> limit = limits.apply(name);
          int unused = slice.putBack();
          if (limit.isPresent() && unused > 0) {
            draws.add(new Draw(name, bucketOf(limit.get()), -unused));
          }
        });
    if (!draws.isEmpty()) {
      var _ = buckets.draw(draws);
    }
  }

  /// Returns how long a due delivery waits for a token; empty if there is one, or no limit. Waits
  /// for the storage.
  Optional<Duration> untilNext(SubscriptionName name) {
    RateSlice slice = slices.get(name);
    Optional<Duration> shortage = slice == null ? Optional.empty() : slice.shortage();
    return shortage.or(() -> limits.apply(name).flatMap(limit -> untilNext(name, limit)));
  }

  private Optional<Duration> untilNext(SubscriptionName name, RateLimit limit) {
    var look = new Draw(name, bucketOf(limit), 0);
    return Optional.of(buckets.draw(List.of(look)).getFirst().untilNext())
        .filter(Duration::isPositive);
  }

  private static RateLimit bucketOf(RateLimit limit) {
    int least = (int) Math.ceil(limit.perSecond() * SHORTEST_BURST_SECONDS);
    return limit.burst() >= least ? limit : new RateLimit(limit.perSecond(), least);
  }
}
