package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresEventSql;
import dev.sluice.contract.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Retention does no work for events that it may not delete: an old delivery is finished, and a
/// sibling is stuck.
final class PostgresStuckSiblingsTest {

  /// One event to delete, and 2,000 of which one delivery of two finished long ago.
  private static final String FILL =
      """
      insert into waiting (state, seq, subscription, siblings, bytes, due_at, started, spent)
      select 0, n, 'stuck', 2, 2, 1, 0, 0 from generate_series(2, 2001) n;
      insert into finished (status, seq, subscription, siblings, finished_at, started, spent)
      select 1, n, 'done', 2, 5, 1, 1 from generate_series(2, 2001) n;
      insert into fan_out (seq, received, completed)
      select n, 1, 1 from generate_series(2, 2001) n;
      insert into finished (status, seq, subscription, siblings, finished_at, started, spent)
      values (1, 1, 'done', 2, 6, 1, 1), (1, 1, 'too', 2, 7, 1, 1);
      insert into fan_out (seq, completed, ended_at) values (1, 2, 7)
      """;

  private static final Duration KEPT = Duration.ofHours(1);

  private final SettableClock clock = new SettableClock();
  private final PostgresAdapter adapter = TestDatabase.empty(clock);

  @BeforeEach
  void fill() {
    TestDatabase.execute(FILL);
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  /// Runs a statement and returns what its plan did, as a node would run it.
  ///
  /// @param parameters those after the time, if it has one
  private static String ran(String sql, long... parameters) throws SQLException {
    try (Connection connection = TestDatabase.connect();
        var settings = connection.createStatement();
        var explain =
            connection.prepareStatement(
                "explain (analyze, costs off, timing off, buffers off) " + sql)) {
      connection.setAutoCommit(false);
      settings.execute("set enable_seqscan = off; set plan_cache_mode = force_generic_plan");
      for (int place = 0; place < parameters.length; place++) {
        explain.setLong(place + 1, parameters[place]);
      }
      var plan = new StringBuilder();
      try (var row = explain.executeQuery()) {
        while (row.next()) {
          plan.append(row.getString(1)).append('\n');
        }
      }
      connection.rollback();
      return plan.toString();
    }
  }

  @Test
  void run_readsOnlyWhatItDeletes() throws SQLException {
    String plan = ran(PostgresEventSql.PURGE_FANNED_OUT, 1_000, 10, 500, 10);

    assertThat(plan)
        .containsPattern("Index Scan (using|on) fan_out_by_end .*\\(actual rows=1\\.00 loops=1\\)")
        .doesNotContain("Rows Removed")
        .doesNotContain("Seq Scan on");
  }

  @Test
  void runOverEventsWithOneDelivery_readsNothingOfThem() throws SQLException {
    String plan = ran(PostgresEventSql.PURGE, 1_000, 10, 500);

    assertThat(plan)
        .containsPattern(
            "Index Scan (using|on) finished_single_by_time .*\\(actual rows=0\\.00 loops=1\\)")
        .doesNotContain("Rows Removed")
        .doesNotContain("Seq Scan on");
  }

  @Test
  void endsToFillIn_areFoundWithoutReadingOthers() throws SQLException {
    String plan = ran(PostgresEventSql.FILL_IN_ENDS, 1_000, 500);

    assertThat(plan)
        .containsPattern("Index Scan (using|on) fan_out_by_end .*\\(actual rows=0\\.00 loops=1\\)")
        .doesNotContain("Rows Removed")
        .doesNotContain("Seq Scan on");
  }

  private int purge() {
    return adapter.storage().events().purge(clock.instant().minus(KEPT), 500);
  }

  /// A node of an earlier version replayed the events, and left `ended_at` as it was. No run reads
  /// them again before they may be deleted.
  @Test
  void endsThatAreTooEarly_areCorrected() throws SQLException {
    long now = EpochNanos.of(clock.instant());
    TestDatabase.execute(
        """
        insert into finished (status, seq, subscription, siblings, finished_at, started, spent)
        select 1, n, s, 2, %d, 1, 1
        from generate_series(3001, 4100) n, unnest(array['done', 'too']) s;
        insert into fan_out (seq, completed, ended_at)
        select n, 2, 5 from generate_series(3001, 4100) n
        """
            .formatted(now));

    assertThat(purge()).isEqualTo(1);
    assertThat(TestDatabase.number("select count(*) from fan_out where ended_at < " + now))
        .isZero();
    clock.advance(KEPT.plusSeconds(1));
    assertThat(purge()).isEqualTo(500);
  }

  /// As many rows as a call fills in, and more than it deletes.
  @Test
  void countsWithoutDeliveries_doNotHoldUpOthers() {
    TestDatabase.execute(
        """
        insert into fan_out (seq, completed) select n, 2 from generate_series(3001, 8000) n;
        insert into finished (status, seq, subscription, siblings, finished_at, started, spent)
        select 1, 9000, s, 2, 5, 1, 1 from unnest(array['done', 'too']) s;
        insert into fan_out (seq, completed) values (9000, 2)
        """);

    assertThat(purge()).isEqualTo(1);
    assertThat(purge()).isEqualTo(1);
  }
}
