package dev.sluice.domain.claim;

import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;

/// The token buckets of subscriptions with a rate limit, which all nodes share: each attempt needs
/// a token.
///
/// A bucket that was never drawn from is full, and so is one that was quiet for long enough: it is
/// not stored then. Buckets fill by the storage's time, or by a monotonic counter where one process
/// has the storage. A clock that is set back adds no tokens and stops nothing; one that is set
/// forward fills a bucket at most.
public interface RateTokens {

  /// What is wanted of one bucket.
  ///
  /// @param limit in force from this draw on, for the time since the last one too
  /// @param wanted the most tokens to draw; 0 to look only; negative to put unused tokens back
  record Draw(SubscriptionName subscription, RateLimit limit, int wanted) {}

  /// What came of a draw.
  ///
  /// @param tokens how many were drawn; negative if they were put back
  /// @param untilNext time until the bucket has a token again; zero if it has one
  record Drawn(int tokens, Duration untilNext) {}

  /// Draws at once what is there of the wanted tokens, without waiting for more: never more than
  /// the burst, and never more than the bucket has. What is put back into a full bucket is lost.
  ///
  /// @param draws at most one of each subscription
  /// @return one result for each draw, in their order
  List<Drawn> draw(List<Draw> draws);

  /// Removes the bucket of a subscription that was deleted.
  void forget(SubscriptionName subscription);
}
