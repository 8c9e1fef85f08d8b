package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Stores pauses in either database.
public final class JdbcPauseStore implements PauseStore {

  /// No subscription has an empty name.
  private static final String EVERYTHING = "";

  private final DatabaseAccess database;

  public JdbcPauseStore(DatabaseAccess database) {
    this.database = database;
  }

  @Override
  public void put(Pause pause) {
    var _ = database.write(statements -> put(statements, pause));
  }

  private static int put(Statements statements, Pause pause) throws SQLException {
    PreparedStatement put = statements.of(PauseSql.PUT);
    put.setString(1, text(pause.scope()));
    put.setString(2, pause.reason());
    put.setString(3, pause.by());
    put.setLong(4, EpochNanos.of(pause.at()));
    if (pause.end().isPresent()) {
      put.setLong(5, EpochNanos.of(pause.until()));
    } else {
      put.setNull(5, Types.BIGINT);
    }
    return put.executeUpdate();
  }

  @Override
  public boolean remove(PauseScope scope) {
    int removed =
        database.write(
            statements -> {
              PreparedStatement remove = statements.of(PauseSql.REMOVE);
              remove.setString(1, text(scope));
              return remove.executeUpdate();
            });
    return removed > 0;
  }

  @Override
  public List<Pause> all() {
    return database.read(
        statements -> {
          var pauses = new ArrayList<Pause>();
          try (ResultSet row = statements.of(PauseSql.ALL).executeQuery()) {
            while (row.next()) {
              pauses.add(pause(row));
            }
          }
          return pauses;
        });
  }

  private static Pause pause(ResultSet row) throws SQLException {
    long until = row.getLong("until_at");
    Instant end = row.wasNull() ? Instant.MAX : EpochNanos.toInstant(until);
    return new Pause(
        scope(row.getString("scope")),
        row.getString("reason"),
        row.getString("paused_by"),
        EpochNanos.toInstant(row.getLong("paused_at")),
        end);
  }

  private static String text(PauseScope scope) {
    return switch (scope) {
      case PauseScope.Everything() -> EVERYTHING;
      case PauseScope.One(SubscriptionName subscription) -> subscription.value();
    };
  }

  private static PauseScope scope(String text) {
    return text.equals(EVERYTHING)
        ? PauseScope.EVERYTHING
        : new PauseScope.One(new SubscriptionName(text));
  }
}
