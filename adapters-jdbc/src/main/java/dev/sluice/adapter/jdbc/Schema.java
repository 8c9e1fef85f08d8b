package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.PortException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/// Brings the tables of a database up to what this version of Sluice needs.
final class Schema {

  private Schema() {}

  /// @param url the database
  /// @param folder where on the class path its migrations lie
  /// @throws PortException when the database is of a newer version, or a migration fails
  static void migrate(String url, String folder) {
    try {
      Flyway flyway =
          Flyway.configure(Schema.class.getClassLoader())
              .dataSource(url, null, null)
              .locations("classpath:" + folder)
              .table("schema_history")
              .load();
      refuseNewer(flyway, url);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new PortException("cannot prepare the database " + url + ": " + e.getMessage(), e);
    }
  }

  private static void refuseNewer(Flyway flyway, String url) {
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
              + url
              + " was written by a newer Sluice (schema "
              + found
              + ", this one knows "
              + known
              + "): start that version, or set DATA_DIR to another folder");
    }
  }
}
