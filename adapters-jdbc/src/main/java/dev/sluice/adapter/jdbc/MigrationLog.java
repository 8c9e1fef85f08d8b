package dev.sluice.adapter.jdbc;

import java.lang.System.Logger.Level;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// Logs each step of an upgrade before it begins, so that a start that rebuilds a large table does
/// not look as if it hung.
final class MigrationLog extends BaseCallback {

  private static final System.Logger LOG = System.getLogger(MigrationLog.class.getName());

  private final String database;

  /// @param database its name, for messages
  MigrationLog(String database) {
    this.database = database;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    if (event == Event.AFTER_MIGRATE) {
      LOG.log(Level.INFO, "the database " + database + " has been upgraded");
      return;
    }
    MigrationInfo step = context.getMigrationInfo();
    LOG.log(
        Level.INFO,
        "upgrading the database {0} to schema {1} ({2}); with many events this takes a while",
        database,
        step.getVersion(),
        step.getDescription());
  }
}
