package dev.sluice.domain.port;

import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import java.util.List;

/// Stores pauses: at most one per scope, for all nodes that share a storage. A durable storage
/// keeps them across restarts.
///
/// Every method may throw [StoreUnavailableException]; then the outcome is unknown, and repeating
/// the call is safe.
public interface PauseStore {

  /// Stores a pause; it replaces an earlier one of the same scope. Times are kept at least to the
  /// millisecond.
  void put(Pause pause);

  /// Removes the pause of this scope.
  ///
  /// @return whether there was one
  boolean remove(PauseScope scope);

  /// Returns all pauses that were stored and not removed, including those that are over, in no
  /// particular order.
  List<Pause> all();
}
