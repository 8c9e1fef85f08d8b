package dev.sluice.application.work;

import dev.sluice.domain.subscription.SubscriptionName;

/// What limits the deliveries of single subscriptions on this node: their shares of the slots, and
/// the tokens at hand for their rates.
///
/// @param shares the share of each subscription in the slots
/// @param rates the tokens of subscriptions with a rate limit
record NodeLimits(SlotShares shares, RateSlices rates) {

  /// Returns how many deliveries of a subscription may be claimed now.
  ///
  /// @param share its share of the slots
  int withinRate(SubscriptionName name, int share) {
    // Only who could use tokens asks for some.
    return share <= 0 ? 0 : Math.min(share, rates.atHand(name));
  }

  /// Records a claimed delivery.
  void claimed(SubscriptionName name) {
    shares.claimed(name);
    rates.claimed(name);
  }

  /// Records that an attempt ended; see [SlotShares#released].
  boolean ended(SubscriptionName name, boolean wasShort) {
    return shares.released(name, wasShort);
  }

  /// Records that a claimed delivery was handed back before its attempt began; see
  /// [SlotShares#released].
  boolean handedBack(SubscriptionName name) {
    rates.handedBack(name);
    return shares.released(name, false);
  }
}
