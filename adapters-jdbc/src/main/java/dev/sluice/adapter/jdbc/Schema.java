package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.PortException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/// Brings the tables of a database up to what this version of Sluice needs.
final class Schema {

  private Schema() {}

  /// @param database to connect to
  /// @param name of the database, for messages
  /// @param folder where on the class path its migrations lie
  /// @throws PortException when the database is of a newer version, or a migration fails
  static void migrate(DataSource database, String name, String folder) {
    try {
      Flyway flyway =
          Flyway.configure(Schema.class.getClassLoader())
              .dataSource(database)
              .locations("classpath:" + folder)
              .table("schema_history")
              .load();
      refuseNewer(flyway, name);
      flyway.migrate();
      UnnamedErrors.name(database);
    } catch (FlywayException e) {
      throw new PortException("cannot prepare the database " + name + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw new PortException("cannot prepare the database " + name + ": " + e.getMessage(), e);
    }
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
