package dev.sluice.domain.lane;

/// Counts the unfinished deliveries of a lane. Only its head may be claimed; all others are behind
/// it and move up one by one. Immutable; storages keep one for each lane that is not [#isEmpty], or
/// decide by the same rules in SQL.
///
/// A lane has at most one head, except for a while after its subscription became ordered: the
/// attempts that were in progress then are all heads. A lane is blocked when its head became a dead
/// letter and the ordering of its subscription blocks on failure.
///
/// @param heads deliveries that are in progress or may be claimed
/// @param behind deliveries behind a head
/// @param isBlocked whether the lane waits for an operator
public record Lane(int heads, int behind, boolean isBlocked) {

  /// A lane without unfinished deliveries.
  public static final Lane EMPTY = new Lane(0, 0, false);

  /// @throws IllegalArgumentException when a number is negative
  public Lane {
    if (heads < 0 || behind < 0) {
      throw new IllegalArgumentException("not a lane: " + heads + " heads, " + behind + " behind");
    }
  }

  /// Returns whether the lane has no unfinished delivery and is not blocked.
  public boolean isEmpty() {
    return equals(EMPTY);
  }

  /// Returns the number of unfinished deliveries.
  public int length() {
    return heads + behind;
  }

  /// Returns the lane with another delivery: the head if [#isEmpty], otherwise behind.
  public Lane joined() {
    return isEmpty() ? withHead() : withBehind();
  }

  /// Returns the lane with another delivery behind, even if the lane is empty, because its
  /// subscription is being arranged.
  public Lane withBehind() {
    return new Lane(heads, behind + 1, isBlocked);
  }

  /// Returns the lane with another head: a delivery that was claimed before its subscription became
  /// ordered, or the dead letter that blocked the lane and is replayed.
  public Lane withHead() {
    return new Lane(heads + 1, behind, isBlocked);
  }

  /// Returns whether a head that waits for another attempt stays the head. If not, it stands
  /// behind: another one is in progress, or the lane is blocked.
  public boolean keepsHead() {
    return heads == 1 && !isBlocked;
  }

  /// Returns the lane after one of its heads begins to wait for another attempt.
  public Lane headWaits() {
    return keepsHead() ? this : headPutBehind();
  }

  /// Returns the lane after one of its heads, which waits for another attempt, is put behind,
  /// because its subscription is being arranged.
  public Lane headPutBehind() {
    return new Lane(heads - 1, behind + 1, isBlocked);
  }

  /// Returns the lane after one of its heads finished.
  ///
  /// @param blocks whether it became a dead letter that blocks the lane
  public Lane headFinished(boolean blocks) {
    return new Lane(heads - 1, behind, isBlocked || blocks);
  }

  /// Returns the lane after a delivery behind was cancelled.
  public Lane behindFinished() {
    return new Lane(heads, behind - 1, isBlocked);
  }

  /// Returns whether the first delivery behind must become the head.
  public boolean isWithoutHead() {
    return heads == 0 && behind > 0 && !isBlocked;
  }

  /// Returns the lane after the first delivery behind became the head.
  public Lane promoted() {
    return new Lane(heads + 1, behind - 1, isBlocked);
  }

  /// Returns the lane after an operator let it continue.
  public Lane unblocked() {
    return new Lane(heads, behind, false);
  }
}
