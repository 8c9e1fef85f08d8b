package dev.sluice.domain.port;

import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import java.util.List;

/// Keeps pauses: at most one of each scope, for all nodes that share a storage. A durable storage
/// keeps them over a restart.
///
/// Every method may throw [StoreUnavailableException]; then the outcome is unknown, and repeating
/// the call is safe.
public interface PauseStore {

  /// Takes a pause down in the place of an earlier one of the same scope. Times are kept to the
  /// millisecond at least.
  void put(Pause pause);

  /// Forgets the pause of this scope.
  ///
  /// @return whether there was one
  boolean remove(PauseScope scope);

  /// All that were taken down and not removed, also those that are over, in no particular order.
  List<Pause> all();
}
