package dev.sluice.domain.lane;

/// Where a replayed delivery of an ordered subscription enters its lane.
public enum LanePlace {
  /// After everything that was accepted so far.
  TAIL,
  /// Next: before everything behind, but not before the head.
  HEAD
}
