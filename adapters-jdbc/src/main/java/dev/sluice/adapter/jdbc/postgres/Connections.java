package dev.sluice.adapter.jdbc.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// Opens connections to PostgreSQL, with a limit on every wait.
final class Connections {

  private static final int CONNECT_SECONDS = 5;

  /// Longer than the server lets any statement run, so that the server ends it first.
  private static final int ANSWER_SECONDS = 20;

  /// Makes commits durable whatever the server's default is, because a 202 promises it. Sets the
  /// server's limits, and keeps its planner from reading whole tables: their sizes change faster
  /// than its statistics.
  private static final String SESSION =
      """
      select set_config('synchronous_commit', 'on', false)
      where current_setting('synchronous_commit') not in ('on', 'remote_apply');
      set statement_timeout = '15s';
      set lock_timeout = '5s';
      set idle_in_transaction_session_timeout = '10s';
      set enable_seqscan = off;
      set jit = off;
      set plan_cache_mode = force_generic_plan;
      """;

  /// Those of [MigrationDataSource], for a session.
  private static final String PATIENT =
      "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=1000";

  private final PostgresSettings settings;

  Connections(PostgresSettings settings) {
    this.settings = settings;
  }

  /// Returns the settings for each new connection. Empty where each transaction may get another
  /// session; the limits then belong to the user, see docs/operations.md.
  Optional<String> sessionSettings() {
    return settings.isNotifying() ? Optional.of(SESSION) : Optional.empty();
  }

  DataSource dataSource() {
    return set(new PGSimpleDataSource());
  }

  /// Returns a data source for migrations, which may take any time, whatever limits the user has,
  /// but wait for a lock for much less time than statements of nodes do.
  DataSource patientDataSource() {
    PGSimpleDataSource source =
        set(settings.isNotifying() ? new PGSimpleDataSource() : new MigrationDataSource());
    source.setSocketTimeout(0);
    if (settings.isNotifying()) {
      String given = source.getOptions();
      source.setOptions((given == null ? "" : given + " ") + PATIENT);
    }
    return source;
  }

  /// Returns a data source for a pool.
  RetryingDataSource retryingDataSource() {
    return set(new RetryingDataSource());
  }

  private <T extends PGSimpleDataSource> T set(T source) {
    // The URL first: it must not override the limits that follow.
    source.setUrl(settings.url());
    settings.user().ifPresent(source::setUser);
    settings.password().ifPresent(source::setPassword);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setCancelSignalTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    source.setApplicationName("sluice");
    // Of several servers, the one that accepts writes.
    source.setTargetServerType("primary");
    // Prepared statements on the server belong to a session.
    source.setPrepareThreshold(settings.isNotifying() ? 1 : 0);
    return source;
  }

  /// Opens a connection outside of any pool.
  Connection open() throws SQLException {
    return dataSource().getConnection();
  }
}
