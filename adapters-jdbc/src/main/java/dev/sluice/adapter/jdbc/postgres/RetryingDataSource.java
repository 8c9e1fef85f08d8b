package dev.sluice.adapter.jdbc.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/// Retries to connect four times a second until [#giveUp]. The pool by itself would wait for longer
/// and longer, and notice seconds too late that a database has come back. Only the pool's own
/// thread waits here.
final class RetryingDataSource extends PGSimpleDataSource {

  private static final long serialVersionUID = 1;
  private static final Duration PAUSE = Duration.ofMillis(250);

  @SuppressWarnings("serial") // It is never serialized.
  private final AtomicBoolean hasGivenUp = new AtomicBoolean();

  private transient volatile Optional<String> lastFailure = Optional.empty();

  /// Returns why the last try failed, if it did. The pool does not learn it: it only waits in vain.
  Optional<String> lastFailure() {
    return lastFailure;
  }

  /// Makes the next failure final.
  void giveUp() {
    hasGivenUp.set(true);
  }

  @Override
  public Connection getConnection() throws SQLException {
    while (true) {
      try {
        Connection connection = super.getConnection();
        lastFailure = Optional.empty();
        return connection;
      } catch (SQLException e) {
        lastFailure = Optional.of(PostgresFailures.reasonOf(e));
        if (hasGivenUp.get() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
