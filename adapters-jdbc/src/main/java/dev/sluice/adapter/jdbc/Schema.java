package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;

/// Migrates the tables of a database to the schema of this version of Sluice.
public final class Schema {

  private static final System.Logger LOG = System.getLogger(Schema.class.getName());

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /// Two minutes: a try waits up to a second for a lock, then a second until the next one.
  private static final int MOST_TRIES = 60;

  /// A lock was not available in time, or nodes and the migration waited for each other.
  private static final Set<String> ABOUT_LOCKS = Set.of("55P03", "40P01");

  /// What a migration may name where nodes work meanwhile and each connection is a session.
  private static final Map<String, String> BESIDE_LOAD =
      Map.of("concurrently", "concurrently", "without_lock_timeout", "set lock_timeout = 0");

  /// Behind a pooler, the lock of migrations lasts one transaction. An index that is created
  /// concurrently would wait for that transaction, so for itself.
  private static final Map<String, String> BEHIND_POOLER =
      Map.of("concurrently", "", "without_lock_timeout", "select 1");

  private Schema() {}

  /// Migrates the tables of a database that only this process uses.
  ///
  /// @param database to connect to
  /// @param name of the database, for messages
  /// @param folder of its migrations on the class path
  /// @throws PortException when the database has a newer schema, or a migration fails
  public static void migrate(DataSource database, String name, String folder) {
    FluentConfiguration configuration = Flyway.configure(Schema.class.getClassLoader());
    migrate(database, name, configuration, folder);
  }

  /// Migrates the tables behind a pooler, which may give each transaction another session. An index
  /// holds up writes to its table while it is created.
  ///
  /// @param database sets the limits of each transaction
  public static void migrateBehindPooler(DataSource database, String name, String folder) {
    FluentConfiguration configuration = Flyway.configure(Schema.class.getClassLoader());
    migrate(
        database,
        name,
        configuration.placeholders(BEHIND_POOLER).callbacks(new StatementTransactions()),
        folder);
  }

  /// Migrates the tables while nodes use the database. A change of a table waits until no one uses
  /// it, and later statements queue behind it: so it waits only a second for a lock, as
  /// `postgres.Connections#patientDataSource` sets, and is tried again later.
  public static void migrateBesideLoad(DataSource database, String name, String folder) {
    FluentConfiguration configuration = Flyway.configure(Schema.class.getClassLoader());
    // Held in a transaction from one migration to the next, the lock would keep indexes from being
    // created concurrently: that waits for every transaction.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    migrate(database, name, configuration.placeholders(BESIDE_LOAD), folder);
  }

  private static void migrate(
      DataSource database, String name, FluentConfiguration configuration, String folder) {
    try {
      configuration.dataSource(database).locations("classpath:" + folder).table("schema_history");
      Flyway flyway = configuration.load();
      refuseNewer(flyway, name);
      forgetFailed(flyway);
      if (isUpgrade(flyway.info())) {
        var callbacks = new ArrayList<>(List.of(configuration.getCallbacks()));
        callbacks.add(new MigrationLog(name));
        flyway = configuration.callbacks(callbacks.toArray(Callback[]::new)).load();
      }
      migratePatiently(flyway);
      MissingFingerprints.name(database);
    } catch (FlywayException e) {
      throw new PortException("cannot prepare the database " + name + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw new PortException("cannot prepare the database " + name + ": " + e.getMessage(), e);
    }
  }

  /// Whether there are tables, and some have to be changed.
  private static boolean isUpgrade(MigrationInfoService info) {
    return info.applied().length > 0 && info.pending().length > 0;
  }

  /// A migration without a transaction that failed, such as an index on a full disk, is recorded,
  /// and Flyway refuses to go on until the record is gone. Ours can be repeated.
  private static void forgetFailed(Flyway flyway) {
    for (MigrationInfo migration : flyway.info().applied()) {
      if (migration.getState().isFailed()) {
        LOG.log(Level.WARNING, "repeating the migration that failed: " + migration.getScript());
        flyway.repair();
        return;
      }
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
        LOG.log(Level.WARNING, "a table is in use, retrying its migration: " + e.getMessage());
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        forgetFailed(flyway);
      }
    }
  }

  private static boolean isAboutALock(@Nullable Throwable failure) {
    if (failure instanceof SQLException sql && isLockState(sql.getSQLState())) {
      return true;
    }
    return failure != null && isAboutALock(failure.getCause());
  }

  private static boolean isLockState(@Nullable String state) {
    return state != null && ABOUT_LOCKS.contains(state);
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
              + ", this version knows "
              + known
              + "): start that version or use another database");
    }
  }
}
