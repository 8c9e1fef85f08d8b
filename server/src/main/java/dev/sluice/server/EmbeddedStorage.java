package dev.sluice.server;

import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.domain.port.PortException;
import dev.sluice.server.config.ServerConfig;

/// Settings of the embedded storage.
final class EmbeddedStorage {

  private EmbeddedStorage() {}

  /// @throws PortException when the configuration names another storage
  static SqliteSettings of(ServerConfig config) {
    if (!config.storage().equals("sqlite")) {
      throw new PortException(
          "this command needs STORAGE=sqlite, but STORAGE is " + config.storage());
    }
    return new SqliteSettings(config.dataDirectory(), config.processing().order());
  }
}
