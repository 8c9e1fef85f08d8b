package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.InstantSource;

/// The embedded storage: one file, one process, every acknowledged event forced to disk.
public final class SqliteAdapter implements AutoCloseable {

  private static final String MIGRATIONS = "dev/sluice/adapter/jdbc/sqlite";

  private final DataLock lock;
  private final SqliteDatabase database;

  private SqliteAdapter(DataLock lock, SqliteDatabase database) {
    this.lock = lock;
    this.database = database;
  }

  /// Opens the storage; makes or migrates its file first. Deliveries that the last process held are
  /// free at the first sweep.
  ///
  /// @throws PortException when another process uses it, when it was written by a newer version, or
  ///   when it cannot be opened
  public static SqliteAdapter open(SqliteSettings settings, InstantSource clock) {
    try {
      Files.createDirectories(settings.directory());
      DataLock lock = DataLock.of(settings);
      try {
        var connections = new SqliteConnections(settings.file());
        connections.prepare();
        Schema.migrate(connections.url(), MIGRATIONS);
        return new SqliteAdapter(lock, new SqliteDatabase(connections, clock));
      } catch (SQLException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | SQLException e) {
      throw new PortException(
          "cannot open the data in "
              + settings.directory().toAbsolutePath()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /// Its ports.
  public Storage storage() {
    return new Storage(
        new SqlEventStore(database),
        new SqlDeliveryQueue(database),
        new SqlDeliveryControl(database));
  }

  /// Writes what is under way and closes the file.
  @Override
  public void close() {
    database.close();
    try {
      lock.close();
    } catch (IOException e) {
      throw new PortException("cannot let go of the data: " + e.getMessage(), e);
    }
  }
}
