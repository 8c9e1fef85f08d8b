package dev.sluice.domain.subscription;

/// How many attempts of a subscription may begin in a time, on all nodes together: a token bucket.
///
/// @param perSecond tokens that are added each second, more than 0 and at most [#MAX_PER_SECOND]
/// @param burst tokens that the bucket holds, 1 to [#MAX_BURST]: so many attempts may begin at once
///   after a quiet time
public record RateLimit(double perSecond, int burst) {

  public static final double MAX_PER_SECOND = 1_000_000;
  public static final double MIN_PER_SECOND = 0.001;
  public static final int MAX_BURST = 1_000_000;

  /// @throws IllegalArgumentException when a number is out of range
  public RateLimit {
    if (!(perSecond >= MIN_PER_SECOND && perSecond <= MAX_PER_SECOND)
        || burst < 1
        || burst > MAX_BURST) {
      throw new IllegalArgumentException(
          "rate needs per_second from 0.001 to 1000000 and burst from 1 to 1000000, but was "
              + perSecond
              + ", "
              + burst);
    }
  }
}
