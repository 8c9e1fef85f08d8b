package dev.sluice.domain.port;

/// A range of attempts, summed over all deliveries of an event.
///
/// @param least lower bound, included
/// @param most upper bound, included
public record AttemptRange(int least, int most) {

  /// Any number of attempts.
  public static final AttemptRange ANY = new AttemptRange(0, Integer.MAX_VALUE);

  /// @throws IllegalArgumentException when the range is empty or begins below 0
  public AttemptRange {
    if (least < 0 || most < least) {
      throw new IllegalArgumentException(
          "attempts must be a range with 0 <= least <= most, but was " + least + ".." + most);
    }
  }

  /// Returns whether the number is in the range.
  public boolean contains(int attempts) {
    return attempts >= least && attempts <= most;
  }
}
