package dev.sluice.adapter.jdbc.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// How connections to PostgreSQL are made: with a limit on every wait.
final class Connections {

  private static final int CONNECT_SECONDS = 5;

  /// Longer than the server lets any statement run, so that it is the server that ends it.
  private static final int ANSWER_SECONDS = 20;

  /// That a commit is waited for, whatever the server's default is: a 202 says so. The limits of
  /// the server, and what keeps its planner from reading whole tables: their sizes change faster
  /// than what it knows of them.
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

  private final PostgresSettings settings;

  Connections(PostgresSettings settings) {
    this.settings = settings;
  }

  /// What is said first over each connection. Nothing where each transaction may come to another
  /// session; the limits then belong to the user, see docs/operations.md.
  Optional<String> sessionSettings() {
    return settings.isNotifying() ? Optional.of(SESSION) : Optional.empty();
  }

  DataSource dataSource() {
    return set(new PGSimpleDataSource());
  }

  /// For changes of the tables, which take as long as they take, but wait for a lock for much less
  /// than statements of nodes do.
  DataSource patientDataSource() {
    PGSimpleDataSource source = set(new PGSimpleDataSource());
    source.setSocketTimeout(0);
    if (settings.isNotifying()) {
      String given = source.getOptions();
      source.setOptions((given == null ? "" : given + " ") + "-c lock_timeout=1000");
    }
    return source;
  }

  /// For a pool.
  RetryingDataSource retryingDataSource() {
    return set(new RetryingDataSource());
  }

  private <T extends PGSimpleDataSource> T set(T source) {
    // What follows is not for the URL to change: it would take the limits away.
    source.setUrl(settings.url());
    settings.user().ifPresent(source::setUser);
    settings.password().ifPresent(source::setPassword);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setCancelSignalTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    source.setApplicationName("sluice");
    // Of several servers, the one that takes writes.
    source.setTargetServerType("primary");
    // Statements that the server has prepared belong to a session.
    source.setPrepareThreshold(settings.isNotifying() ? 1 : 0);
    return source;
  }

  /// A connection outside of any pool.
  Connection open() throws SQLException {
    return dataSource().getConnection();
  }
}
