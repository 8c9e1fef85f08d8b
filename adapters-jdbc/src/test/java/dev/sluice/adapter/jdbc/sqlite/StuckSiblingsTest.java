package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.adapter.jdbc.sqlite.sql.FanOutSql;
import dev.sluice.contract.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/// Retention does no work for events that it may not delete: an old delivery is finished, and a
/// sibling is stuck.
final class StuckSiblingsTest {

  @TempDir Path directory;

  /// One event to delete, and others of which one delivery of two finished long ago.
  private static String fill(int stuck) {
    return """
      with recursive numbers(n) as (select 2 union all select n + 1 from numbers where n <= %1$d)
      insert into live (due_at, seq, subscription, state, siblings, started, spent)
      select 1, n, 'stuck', 0, 2, 0, 0 from numbers limit %1$d;
      insert into finished (status, seq, subscription, siblings, finished_at, started, spent)
      select 1, seq, 'done', 2, 5, 1, 1 from live;
      insert into fan_out (seq, received, completed) select seq, 1, 1 from live;
      insert into finished (status, seq, subscription, siblings, finished_at, started, spent)
      values (1, 1, 'done', 2, 6, 1, 1), (1, 1, 'too', 2, 7, 1, 1);
      insert into fan_out (seq, completed, ended_at) values (1, 2, 7)
      """
        .formatted(stuck);
  }

  /// Counts the steps of SQLite's virtual machine, which do not depend on the machine.
  private int steps(int stuck) throws SQLException {
    var settings = new SqliteSettings(directory.resolve(String.valueOf(stuck)));
    SqliteAdapter.open(settings, new SettableClock(), StorageThreads.FACTORY).close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + settings.file())) {
      try (var fill = connection.createStatement()) {
        fill.executeUpdate(fill(stuck));
      }
      var steps = new AtomicInteger();
      ProgressHandler.setHandler(
          connection,
          1,
          new ProgressHandler() {
            @Override
            protected int progress() {
              steps.incrementAndGet();
              return 0;
            }
          });
      selectPurgeable(connection);
      return steps.get();
    }
  }

  private static void selectPurgeable(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement(FanOutSql.PURGEABLE)) {
      for (int part = 0; part < 2; part++) {
        select.setLong(2 * part + 1, 1_000);
        select.setInt(2 * part + 2, 100);
      }
      select.setInt(5, 100);
      try (var row = select.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getLong(1)).isEqualTo(1);
        assertThat(row.next()).isFalse();
      }
    }
  }

  @Test
  void run_costsTheSameHoweverManyAreStuck() throws SQLException {
    assertThat(steps(2_000)).isPositive().isEqualTo(steps(1));
  }
}
