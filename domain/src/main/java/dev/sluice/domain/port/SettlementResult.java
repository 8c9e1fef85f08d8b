package dev.sluice.domain.port;

/// The result of a [Settlement].
public enum SettlementResult {
  /// The outcome was recorded.
  SETTLED,
  /// The attempt was no longer the current one; nothing was changed.
  LEASE_LOST
}
