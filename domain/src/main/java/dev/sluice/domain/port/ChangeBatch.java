package dev.sluice.domain.port;

import dev.sluice.domain.delivery.Change;
import dev.sluice.domain.delivery.WorkerId;
import java.util.List;

/// Changes on one node within a short time.
///
/// @param node the node
/// @param missed approximate number of changes that are not in `changes`
/// @param changes in the order in which they happened
public record ChangeBatch(WorkerId node, long missed, List<Change> changes) {

  /// Maximum number of changes in a batch.
  public static final int MAX_CHANGES = 1_000;

  /// @throws IllegalArgumentException when there are more than [#MAX_CHANGES]
  public ChangeBatch {
    if (changes.size() > MAX_CHANGES) {
      throw new IllegalArgumentException(
          "a batch must have at most " + MAX_CHANGES + " changes, but has " + changes.size());
    }
    changes = List.copyOf(changes);
  }
}
