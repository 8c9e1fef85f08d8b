package dev.sluice.domain.port;

import java.util.List;

/// Knows the dead letters by the way they failed. May throw [StoreUnavailableException].
public interface DeadLetters {

  /// The most groups that are told.
  int MAX_GROUPS = 1_000;

  /// Dead letters by [dev.sluice.domain.delivery.ErrorFingerprint], largest group first. It looks
  /// at each dead letter's entry in an index, and at no event: a million take a fraction of a
  /// second.
  ///
  /// @param limit at most so many groups, 1 to [#MAX_GROUPS]
  List<ErrorGroup> groups(ErrorGroup.Trend trend, int limit);
}
