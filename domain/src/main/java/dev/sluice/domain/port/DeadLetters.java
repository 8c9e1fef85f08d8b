package dev.sluice.domain.port;

import java.util.List;

/// Groups dead letters by the way they failed. May throw [StoreUnavailableException].
public interface DeadLetters {

  /// Maximum number of groups that are returned.
  int MAX_GROUPS = 1_000;

  /// Returns dead letters by [dev.sluice.domain.delivery.ErrorFingerprint], largest group first.
  /// Reads an index entry for each dead letter, and no event: a million take a fraction of a
  /// second.
  ///
  /// @param limit maximum number of groups, 1 to [#MAX_GROUPS]
  List<ErrorGroup> groups(ErrorGroup.Trend trend, int limit);
}
