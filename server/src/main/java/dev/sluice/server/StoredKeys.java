package dev.sluice.server;

import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.application.access.AccessKeys;
import dev.sluice.application.access.ManageKeys;
import dev.sluice.application.access.ManageKeys.Made;
import dev.sluice.application.access.ManageKeys.NewKey;
import dev.sluice.application.activity.Activity;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Operation;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.time.TimeSource;
import dev.sluice.server.config.ServerConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/// The keys in the storage, for commands: while a service uses it as well as before the first
/// start. Changes are recorded in the activity log, like those made over the API.
final class StoredKeys {

  private StoredKeys() {}

  /// Whether the configured storage outlives its process, so that keys can be created before a
  /// start.
  static boolean areKept(ServerConfig config) {
    return !config.storage().equals("memory");
  }

  /// @throws dev.sluice.domain.port.PortException when the storage cannot be used
  static List<ApiKey> list(ServerConfig config) {
    return use(config, (keys, _) -> keys.list());
  }

  /// @throws dev.sluice.domain.port.PortException when the storage cannot be used
  static Made make(ServerConfig config, NewKey newKey) {
    return use(
        config,
        (keys, activity) -> {
          String request = requestId();
          activity.announce(caller(), "key.add", "", request);
          Made made = keys.make(newKey);
          activity.record(caller(), made(made, request));
          return made;
        });
  }

  private static Operation made(Made made, String request) {
    return switch (made) {
      case Made.Key(ApiKey key, String _) -> {
        String detail = key.role().wireName() + " for " + key.owner();
        yield new Operation("key.add", key.id(), detail, "done", request);
      }
      case Made.OwnerHasEnough _ ->
          new Operation(
              "key.add", "", "", "refused: the owner has the maximum of live keys", request);
      case Made.NoRoom _ ->
          new Operation("key.add", "", "", "refused: the maximum of live keys exists", request);
    };
  }

  /// Returns an id that links a change's announcement to its result.
  private static String requestId() {
    return UUID.randomUUID().toString();
  }

  /// @return whether there is such a key
  /// @throws dev.sluice.domain.port.PortException when the storage cannot be used
  static boolean revoke(ServerConfig config, String id) {
    return use(
        config,
        (keys, activity) -> {
          String request = requestId();
          activity.announce(caller(), "key.revoke", id, request);
          boolean isThere = keys.revoke(id);
          String result = isThere ? "done" : "no such key";
          activity.record(caller(), new Operation("key.revoke", id, "", result, request));
          return isThere;
        });
  }

  /// Has no key: write access to the storage is enough.
  static Actor caller() {
    return new Actor("command line of " + System.getProperty("user.name", "unknown"), "", "", "");
  }

  private static <T> T use(ServerConfig config, BiFunction<ManageKeys, Activity, T> use) {
    TimeSource clock = TimeSource.of(InstantSource.system(), System::nanoTime);
    BiFunction<KeyStore, ActivityLog, T> withStores =
        (store, log) ->
            use.apply(
                new AccessKeys(
                    new AccessKeys.Source(store, new Secrets(), Optional.empty()),
                    clock,
                    clock::nanoTime),
                new Activity(log, config.activityRetention(), clock));
    if (config.storage().equals("sqlite")) {
      return SqliteAdapter.onKeys(EmbeddedStorage.of(config), withStores);
    }
    try (OpenStorage storage = OpenStorage.open(config, clock)) {
      return withStores.apply(storage.ports().keys(), storage.ports().activity());
    }
  }
}
