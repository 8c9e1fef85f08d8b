package dev.sluice.domain.port;

/// What became of a [Settlement].
public enum SettlementResult {
  /// It is recorded.
  SETTLED,
  /// The attempt was not the current one any more; nothing was changed.
  LEASE_LOST
}
