package dev.sluice.adapter.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// In migrations with `executeInTransaction=false`, runs each statement in a transaction of its
/// own, so that the limits that are set for each transaction apply. A single transaction would hold
/// the locks of the first statement until the last, and nodes that wait for them would deadlock
/// with it. Used by one thread.
final class StatementTransactions extends BaseCallback {

  private static final Set<Event> EVENTS =
      Set.of(
          Event.BEFORE_EACH_MIGRATE_STATEMENT,
          Event.AFTER_EACH_MIGRATE_STATEMENT,
          Event.AFTER_EACH_MIGRATE_STATEMENT_ERROR);

  private boolean isOpen;

  @Override
  public boolean supports(Event event, Context context) {
    return EVENTS.contains(event);
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      handle(event, context.getConnection());
    } catch (SQLException e) {
      throw new FlywayException(event.getId() + " failed: " + e.getMessage(), e);
    }
  }

  private void handle(Event event, Connection connection) throws SQLException {
    if (event == Event.BEFORE_EACH_MIGRATE_STATEMENT) {
      isOpen = connection.getAutoCommit();
      connection.setAutoCommit(false);
    } else if (isOpen) {
      isOpen = false;
      if (event == Event.AFTER_EACH_MIGRATE_STATEMENT_ERROR) {
        connection.rollback();
      } else {
        connection.commit();
      }
      connection.setAutoCommit(true);
    }
  }
}
