package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DatabaseAccess;
import dev.sluice.adapter.jdbc.JdbcActivityLog;
import dev.sluice.adapter.jdbc.JdbcKeyStore;
import dev.sluice.adapter.jdbc.JdbcPauseStore;
import dev.sluice.adapter.jdbc.JdbcSeriesStore;
import dev.sluice.adapter.jdbc.JdbcSubscriptionStore;
import dev.sluice.adapter.jdbc.Schema;
import dev.sluice.adapter.jdbc.schedule.JdbcScheduleStore;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The embedded storage: one file, one process, every acknowledged event forced to disk.
public final class SqliteAdapter implements AutoCloseable {

  private static final String MIGRATIONS = "dev/sluice/adapter/jdbc/sqlite";

  private final DataLock lock;
  private final SqliteDatabase database;

  private SqliteAdapter(DataLock lock, SqliteDatabase database) {
    this.lock = lock;
    this.database = database;
  }

  /// Opens the storage, after creating or migrating its file. Deliveries that the last process held
  /// are reclaimed at the first look for expired leases.
  ///
  /// @param threads makes the few threads that call the database: platform threads, which end with
  ///   [#close]
  /// @throws PortException when another process uses it, when it was written by a newer version, or
  ///   when it cannot be opened
  public static SqliteAdapter open(
      SqliteSettings settings, TimeSource clock, ThreadFactory threads) {
    try {
      PrivateFiles.makeDirectory(settings.directory());
      SqliteLibrary.load(settings.directory());
      DataLock lock = DataLock.of(settings);
      try {
        new DiskReserve(settings.reserveFile(), DiskReserve.Space.of(settings.directory()))
            .releaseWhenLow();
        // SQLite gives the files that it creates beside it the same permissions.
        PrivateFiles.make(settings.file());
        var connections = new Connections(settings.file());
        connections.prepare();
        Schema.migrate(connections.dataSource(), settings.file().toString(), MIGRATIONS);
        return new SqliteAdapter(lock, new SqliteDatabase(settings, clock, threads));
      } catch (SQLException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | SQLException e) {
      throw new PortException(
          "cannot open the data in "
              + settings.directory().toAbsolutePath()
              + ": "
              + FileErrors.reasonOfData(e),
          e);
    }
  }

  /// The result of [#check].
  ///
  /// @param events how many were checked
  /// @param problems one line each; the first hundred or so
  public record Check(long events, List<String> problems) {
    public Check {
      problems = List.copyOf(problems);
    }
  }

  /// Writes a consistent copy to a new file, also while a service uses the storage. To restore,
  /// stop the service and replace `sluice.db` with the copy, with no `sluice.db-wal` beside it.
  ///
  /// @throws PortException when there is no storage, or the copy cannot be written
  public static void backup(SqliteSettings settings, Path target) {
    try {
      maintenance(settings).backup(target);
    } catch (IOException | SQLException e) {
      throw new PortException("cannot write the backup " + target + ": " + FileErrors.reason(e), e);
    }
  }

  /// Checks everything in the storage, also while a service uses it.
  ///
  /// @throws PortException when there is no storage, or it cannot be read at all
  public static Check check(SqliteSettings settings) {
    try {
      return maintenance(settings).check();
    } catch (SQLException e) {
      throw new PortException("cannot read " + settings.file() + ": " + e.getMessage(), e);
    }
  }

  /// Checks everything in a backup.
  ///
  /// @throws PortException when there is none, or it cannot be read at all
  public static Check check(Path backup) {
    if (!Files.isRegularFile(backup)) {
      throw new PortException("there is no file " + backup.toAbsolutePath());
    }
    SqliteLibrary.load(backup.resolveSibling(""));
    try {
      return new Maintenance(new Connections(backup)).check();
    } catch (SQLException e) {
      throw new PortException("cannot read " + backup + ": " + e.getMessage(), e);
    }
  }

  /// Manages the keys in the storage, and the activity log, also while a service uses it; creates
  /// or migrates the file first when none does.
  ///
  /// @throws PortException when the file cannot be used
  public static <T> T onKeys(SqliteSettings settings, BiFunction<KeyStore, ActivityLog, T> use) {
    return onCommand(
        CommandAccess.Subject.KEYS,
        settings,
        file -> use.apply(new JdbcKeyStore(file), new JdbcActivityLog(file)));
  }

  /// Manages the subscriptions in the storage, and the activity log, also while a service uses it;
  /// creates or migrates the file first when none does. The service takes a change in force as it
  /// does one of another node.
  ///
  /// @throws PortException when the file cannot be used
  public static <T> T onSubscriptions(
      SqliteSettings settings, BiFunction<SubscriptionStore, ActivityLog, T> use) {
    return onCommand(
        CommandAccess.Subject.SUBSCRIPTIONS,
        settings,
        file -> use.apply(new JdbcSubscriptionStore(file), new JdbcActivityLog(file)));
  }

  private static <T> T onCommand(
      CommandAccess.Subject subject, SqliteSettings settings, Function<DatabaseAccess, T> use) {
    try {
      return new CommandAccess(subject, settings, MIGRATIONS).use(use);
    } catch (IOException | SQLException e) {
      throw new PortException(
          "cannot open " + settings.file() + ": " + FileErrors.reasonOfData(e), e);
    }
  }

  private static Maintenance maintenance(SqliteSettings settings) {
    if (!Files.exists(settings.file())) {
      throw new PortException(
          "there is no storage in "
              + settings.directory().toAbsolutePath()
              + ": set DATA_DIR to its folder");
    }
    SqliteLibrary.load(settings.directory());
    return new Maintenance(new Connections(settings.file()));
  }

  /// Returns its ports.
  public Storage storage() {
    return database.storage();
  }

  /// Returns the activity log.
  public ActivityLog activity() {
    return new JdbcActivityLog(SqliteAccess.to(database));
  }

  /// Returns the API keys.
  public KeyStore keys() {
    return new JdbcKeyStore(SqliteAccess.quicklyTo(database));
  }

  /// Returns the history of figures.
  public SeriesStore series() {
    return new JdbcSeriesStore(SqliteAccess.to(database));
  }

  /// Returns the stored pauses.
  public PauseStore pauses() {
    return new JdbcPauseStore(SqliteAccess.quicklyTo(database));
  }

  /// Returns the subscriptions.
  public SubscriptionStore subscriptions() {
    return new JdbcSubscriptionStore(SqliteAccess.quicklyTo(database));
  }

  /// Returns the schedules of recurring events.
  public ScheduleStore schedules() {
    return new JdbcScheduleStore(SqliteAccess.quicklyTo(database));
  }

  /// Completes running writes and closes the file.
  @Override
  public void close() {
    try (lock) {
      database.close();
    } catch (IOException e) {
      throw new PortException("cannot release the lock on the data: " + e.getMessage(), e);
    }
  }
}
