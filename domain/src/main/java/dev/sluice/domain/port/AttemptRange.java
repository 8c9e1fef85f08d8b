package dev.sluice.domain.port;

/// How many attempts an event may have seen, over all its deliveries.
///
/// @param least at least so many
/// @param most at most so many
public record AttemptRange(int least, int most) {

  /// Any number.
  public static final AttemptRange ANY = new AttemptRange(0, Integer.MAX_VALUE);

  /// @throws IllegalArgumentException when nothing is in the range
  public AttemptRange {
    if (least < 0 || most < least) {
      throw new IllegalArgumentException(
          "attempts must be a range of numbers, but was " + least + ".." + most);
    }
  }

  /// Whether the number is in the range.
  public boolean contains(int attempts) {
    return attempts >= least && attempts <= most;
  }
}
