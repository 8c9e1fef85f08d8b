package dev.sluice.domain.port;

import dev.sluice.domain.delivery.Change;
import dev.sluice.domain.delivery.WorkerId;
import java.util.List;

/// What a node did in a short time.
///
/// @param node which node
/// @param missed about how many changes there were beside those named here
/// @param changes in the order in which they happened
public record ChangeBatch(WorkerId node, long missed, List<Change> changes) {

  /// A batch names no more.
  public static final int MAX_CHANGES = 1_000;

  /// @throws IllegalArgumentException when there are more than [#MAX_CHANGES]
  public ChangeBatch {
    if (changes.size() > MAX_CHANGES) {
      throw new IllegalArgumentException(
          "a batch has at most " + MAX_CHANGES + " changes, not " + changes.size());
    }
    changes = List.copyOf(changes);
  }
}
