package dev.sluice.domain.delivery;

/// The number of attempts of a delivery.
///
/// The two numbers differ because an attempt that was handed back does not count, and a replay
/// starts a fresh budget, while the number of an attempt is also its fencing token and must never
/// be used twice.
///
/// @param started attempts ever started; also the number, and so the fencing token, of the newest
///   one
/// @param spent attempts that count against the budget of the retry policy
public record AttemptCount(int started, int spent) {

  /// No attempt yet.
  public static final AttemptCount NONE = new AttemptCount(0, 0);

  /// Nearly every delivery stays at this value, so they all share one object.
  private static final AttemptCount FIRST = new AttemptCount(1, 1);

  /// @throws IllegalArgumentException when more was spent than started, or a number is negative
  public AttemptCount {
    if (spent < 0 || started < spent) {
      throw new IllegalArgumentException(
          "attempts spent (" + spent + ") must be 0 to attempts started (" + started + ")");
    }
  }

  AttemptCount next() {
    return started == 0 ? FIRST : new AttemptCount(started + 1, spent + 1);
  }

  AttemptCount newestNotSpent() {
    return new AttemptCount(started, spent - 1);
  }

  AttemptCount withFreshBudget() {
    return new AttemptCount(started, 0);
  }
}
