package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.JdbcActivityLog;
import dev.sluice.adapter.jdbc.JdbcKeyStore;
import dev.sluice.adapter.jdbc.JdbcPauseStore;
import dev.sluice.adapter.jdbc.JdbcSeriesStore;
import dev.sluice.adapter.jdbc.JdbcSubscriptionStore;
import dev.sluice.adapter.jdbc.Schema;
import dev.sluice.adapter.jdbc.schedule.JdbcScheduleStore;
import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.schedule.ScheduleStore;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/// The storage for any number of nodes: one PostgreSQL database, whose commits are durable.
public final class PostgresAdapter implements AutoCloseable {

  private static final String MIGRATIONS = "dev/sluice/adapter/jdbc/postgres";

  private final PostgresDatabase database;

  private PostgresAdapter(PostgresDatabase database) {
    this.database = database;
  }

  /// Opens the storage, after creating or migrating its tables. Any number of nodes may do so at
  /// once.
  ///
  /// @param clock this node's time, for what it returns to callers; agreements between nodes use
  ///   the database's time
  /// @param threads makes the few threads that it needs: platform threads, which end with [#close]
  /// @throws PortException when the database cannot be reached, does not keep its commits, or was
  ///   written by a newer version
  public static PostgresAdapter open(
      PostgresSettings settings, InstantSource clock, ThreadFactory threads) {
    return open(settings, DatabaseClock.ofDatabase(clock), threads);
  }

  /// Opens the storage with a time that a test moves.
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
              + "; check DATABASE_URL",
          e);
    }
    migrate(settings, connections);
    return new PostgresAdapter(new PostgresDatabase(settings, connections, clock, threads));
  }

  private static void migrate(PostgresSettings settings, Connections connections) {
    if (settings.isNotifying()) {
      Schema.migrateBesideLoad(connections.patientDataSource(), settings.toString(), MIGRATIONS);
    } else {
      Schema.migrateBehindPooler(connections.patientDataSource(), settings.toString(), MIGRATIONS);
    }
  }

  /// Returns its ports.
  public Storage storage() {
    return database.storage();
  }

  /// Returns the stored pauses.
  public PauseStore pauses() {
    return new JdbcPauseStore(PostgresAccess.to(database.work()));
  }

  /// Returns the registry of the nodes that use it.
  public NodeRegistry nodes() {
    return database.nodes();
  }

  /// Returns the activity log.
  public ActivityLog activity() {
    return new JdbcActivityLog(PostgresAccess.to(database.requests()));
  }

  /// Returns the API keys.
  public KeyStore keys() {
    return new JdbcKeyStore(PostgresAccess.to(database.work()));
  }

  /// Returns the history of figures of all nodes that use it.
  public SeriesStore series() {
    return new JdbcSeriesStore(new PostgresAccess(database.requests(), database.work()));
  }

  /// Returns the feed of changes between the nodes.
  public ChangeFeed changes() {
    return database.changes();
  }

  /// Returns the subscriptions.
  public SubscriptionStore subscriptions() {
    return new JdbcSubscriptionStore(PostgresAccess.to(database.work()));
  }

  /// Returns the schedules of recurring events.
  public ScheduleStore schedules() {
    return new JdbcScheduleStore(PostgresAccess.to(database.work()));
  }

  /// Returns the token buckets of subscriptions with a rate limit.
  public RateTokens rateTokens() {
    return database.rateTokens();
  }

  /// Completes running writes and closes the connections.
  @Override
  public void close() {
    database.close();
  }
}
