package dev.sluice.adapter.jdbc.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/// Tries to connect again and again, four times a second, until it is told to give up. The pool by
/// itself would wait for longer and longer, and find a database that has come back only seconds
/// later. Only the pool's own thread waits here.
final class RetryingDataSource extends PGSimpleDataSource {

  private static final long serialVersionUID = 1;
  private static final Duration PAUSE = Duration.ofMillis(250);

  @SuppressWarnings("serial") // It is never written anywhere.
  private final AtomicBoolean hasGivenUp = new AtomicBoolean();

  private transient volatile Optional<String> lastFailure = Optional.empty();

  /// Why the last try failed, if it did. The pool does not learn it: it only waits in vain.
  Optional<String> lastFailure() {
    return lastFailure;
  }

  /// From now on the first failure counts.
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
