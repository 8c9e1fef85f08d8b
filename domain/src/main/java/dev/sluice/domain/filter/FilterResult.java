package dev.sluice.domain.filter;

/// What became of reading a pattern.
public sealed interface FilterResult {

  /// The pattern is understood.
  record Understood(Filter filter) implements FilterResult {}

  /// The pattern is not understood, or breaks a limit.
  ///
  /// @param reason what is wrong with it, and where
  record Refused(String reason) implements FilterResult {}
}
