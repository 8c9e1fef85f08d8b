package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;

/// Brings the tables of a database up to what this version of Sluice needs.
public final class Schema {

  private static final System.Logger LOG = System.getLogger(Schema.class.getName());

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /// Two minutes.
  private static final int MOST_TRIES = 60;

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private Schema() {}

  /// @param database to connect to
  /// @param name of the database, for messages
  /// @param folder where on the class path its migrations lie
  /// @throws PortException when the database is of a newer version, or a migration fails
  public static void migrate(DataSource database, String name, String folder) {
    migrate(database, name, Flyway.configure(Schema.class.getClassLoader()), folder);
  }

  /// The same beside nodes that work with the database. A change of a table waits until nobody uses
  /// it, and whoever comes later waits behind it: so it waits for a second only, as
  /// [PostgresConnections#patientDataSource] says, and again later.
  public static void migrateBesideLoad(DataSource database, String name, String folder) {
    FluentConfiguration configuration = Flyway.configure(Schema.class.getClassLoader());
    // Held in a transaction, the lock of one migration after the other would keep indexes from
    // being
    // made concurrently: those wait for every transaction.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    migrate(database, name, configuration, folder);
  }

  private static void migrate(
      DataSource database, String name, FluentConfiguration configuration, String folder) {
    try {
      Flyway flyway =
          configuration
              .dataSource(database)
              .locations("classpath:" + folder)
              .table("schema_history")
              .load();
      refuseNewer(flyway, name);
      migratePatiently(flyway);
      FingerprintBackfill.name(database);
    } catch (FlywayException e) {
      throw new PortException("cannot prepare the database " + name + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw new PortException("cannot prepare the database " + name + ": " + e.getMessage(), e);
    }
  }

  private static void migratePatiently(Flyway flyway) {
    for (int tries = MOST_TRIES; ; tries--) {
      try {
        flyway.migrate();
        return;
      } catch (FlywayException e) {
        if (tries == 1 || !isAboutALock(e)) {
          throw e;
        }
        LOG.log(Level.WARNING, "a table is in use, changing it again later: " + e.getMessage());
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  private static boolean isAboutALock(@Nullable Throwable failure) {
    if (failure instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
      return true;
    }
    return failure != null && isAboutALock(failure.getCause());
  }

  private static void refuseNewer(Flyway flyway, String name) {
    MigrationVersion known = MigrationVersion.EMPTY;
    MigrationVersion found = MigrationVersion.EMPTY;
    for (MigrationInfo migration : flyway.info().all()) {
      boolean isApplied = migration.getState().isApplied();
      boolean isOurs = migration.getState().isResolved();
      MigrationVersion version = migration.getVersion();
      known = isOurs && version.compareTo(known) > 0 ? version : known;
      found = isApplied && version.compareTo(found) > 0 ? version : found;
    }
    if (found.compareTo(known) > 0) {
      throw new PortException(
          "the database "
              + name
              + " was written by a newer Sluice (schema "
              + found
              + ", this one knows "
              + known
              + "): start that version, or use another database");
    }
  }
}
