package dev.sluice.adapter.webhook.pace;

/// How many requests a receiver gets at once: one more for each success, half as many when it is
/// slow or asks for fewer (additive increase, multiplicative decrease, as in TCP). Guarded by its
/// owner.
final class AdaptiveLimit {

  /// A receiver that nothing is known about.
  static final int FIRST = 4;

  private int limit = FIRST;

  int limit(int most) {
    return Math.min(limit, most);
  }

  void grow(int most) {
    limit = Math.min(limit + 1, Math.max(1, most));
  }

  /// @param most how many the subscription allows, which may be fewer than before
  void halve(int most) {
    limit = Math.max(1, Math.min(limit, most) / 2);
  }

  void fall() {
    limit = 1;
  }
}
