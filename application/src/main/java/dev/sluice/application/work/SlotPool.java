package dev.sluice.application.work;

/// Slots that attempts of one sort share, so that one sort never takes those of another.
enum SlotPool {
  /// Of handlers on this node.
  HANDLERS,
  /// Of handlers that wait for receivers elsewhere.
  RECEIVERS
}
