package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DeadLetterReads;
import dev.sluice.adapter.jdbc.JdbcActivityLog;
import dev.sluice.adapter.jdbc.JdbcKeyStore;
import dev.sluice.adapter.jdbc.JdbcPauseStore;
import dev.sluice.adapter.jdbc.JdbcSeriesStore;
import dev.sluice.adapter.jdbc.Schema;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.port.Storage;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/// The storage for any number of nodes: one PostgreSQL, which keeps what it committed.
public final class PostgresAdapter implements AutoCloseable {

  private static final String MIGRATIONS = "dev/sluice/adapter/jdbc/postgres";

  private final PostgresDatabase database;

  private PostgresAdapter(PostgresDatabase database) {
    this.database = database;
  }

  /// Opens the storage; makes or migrates its tables first. Any number of nodes may do so at once.
  ///
  /// @param clock this node's time, for what it tells callers; what nodes must agree on goes by the
  ///   database's
  /// @param threads makes the few threads that it needs: platform threads, which end with [#close]
  /// @throws PortException when the database cannot be reached, does not keep what it commits, or
  ///   was written by a newer version
  public static PostgresAdapter open(
      PostgresSettings settings, InstantSource clock, ThreadFactory threads) {
    return open(settings, DatabaseClock.ofDatabase(clock), threads);
  }

  /// The same, with a time that a test moves.
  static PostgresAdapter open(
      PostgresSettings settings, DatabaseClock clock, ThreadFactory threads) {
    var connections = new Connections(settings);
    try {
      ServerCheck.of(connections);
    } catch (SQLException e) {
      throw new PortException(
          "cannot use the database "
              + settings
              + ": "
              + PostgresFailures.reasonOf(e)
              + "; DATABASE_URL says where it is",
          e);
    }
    migrate(settings, connections);
    return new PostgresAdapter(new PostgresDatabase(settings, connections, clock, threads));
  }

  private static void migrate(PostgresSettings settings, Connections connections) {
    if (settings.isNotifying()) {
      Schema.migrateBesideLoad(connections.patientDataSource(), settings.toString(), MIGRATIONS);
    } else {
      // Behind a pooler what is set for one session may stay with the next one's.
      Schema.migrate(connections.patientDataSource(), settings.toString(), MIGRATIONS);
    }
  }

  /// Its ports.
  public Storage storage() {
    return new Storage(
        new PostgresEventStore(database),
        new PostgresDeliveryQueue(database),
        new PostgresDeliveryControl(database),
        (trend, limit) ->
            database.requests().one(statements -> DeadLetterReads.groups(statements, trend, limit)),
        new PostgresBulkJobs(database));
  }

  /// The pauses that it keeps.
  public PauseStore pauses() {
    return new JdbcPauseStore(PostgresAccess.to(database.work()));
  }

  /// The nodes that use it.
  public NodeRegistry nodes() {
    return database.nodes();
  }

  /// What operators did.
  public ActivityLog activity() {
    return new JdbcActivityLog(PostgresAccess.to(database.requests()));
  }

  /// The keys of those who call.
  public KeyStore keys() {
    return new JdbcKeyStore(PostgresAccess.to(database.work()));
  }

  /// The history of figures, of all nodes that use it.
  public SeriesStore series() {
    return new JdbcSeriesStore(new PostgresAccess(database.requests(), database.work()));
  }

  /// What they tell each other of changes.
  public ChangeFeed changes() {
    return database.changes();
  }

  /// Writes what is under way and closes the connections.
  @Override
  public void close() {
    database.close();
  }
}
