package dev.sluice.server;

import dev.sluice.adapter.jdbc.SqliteAdapter;
import dev.sluice.application.access.AccessKeys;
import dev.sluice.application.access.ManageKeys;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.server.config.ServerConfig;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// The keys in the storage, for commands: also while a service uses it, and before the first one
/// does.
final class StoredKeys {

  private StoredKeys() {}

  /// Whether the configured storage outlives its process, so that keys can be put there beforehand.
  static boolean areKept(ServerConfig config) {
    return !config.storage().equals("memory");
  }

  /// Does something with them.
  ///
  /// @throws dev.sluice.domain.port.PortException when the storage cannot be used
  static <T> T use(ServerConfig config, Function<ManageKeys, T> use) {
    InstantSource clock = InstantSource.system();
    Function<KeyStore, T> withStore =
        store ->
            use.apply(
                new AccessKeys(
                    new AccessKeys.Source(store, new Secrets(), Optional.empty()),
                    clock,
                    System::nanoTime));
    if (config.storage().equals("sqlite")) {
      return SqliteAdapter.onKeys(EmbeddedStorage.of(config), withStore);
    }
    try (OpenStorage storage = OpenStorage.open(config, clock)) {
      return withStore.apply(storage.keys());
    }
  }
}
