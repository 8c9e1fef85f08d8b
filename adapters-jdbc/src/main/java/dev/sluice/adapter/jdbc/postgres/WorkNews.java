package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.postgres.sql.PostgresSql;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Announces new work: within the node at once, to other nodes by NOTIFY, ten times a second at
/// most. A notification takes a lock that all notifying transactions of a database share, so
/// transactions that store events do not notify. Work that is not announced is found by polling.
final class WorkNews implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(WorkNews.class.getName());
  private static final Duration BETWEEN_NOTIFICATIONS = Duration.ofMillis(100);
  private static final Duration BETWEEN_CONNECTIONS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(10);

  private final Semaphore toLookAt = new Semaphore(0);
  private final Semaphore announcements = new Semaphore(0);

  /// Distinguishes this node's notifications from those of others: the process id of the listening
  /// session.
  private volatile String ownName = "";

  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final AtomicReference<@Nullable Connection> listening = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  private final WorkTurns turns;
  private final Connections connections;
  private final ConnectionPool pool;

  WorkNews(Connections connections, ConnectionPool pool, WorkTurns turns) {
    this.turns = turns;
    this.connections = connections;
    this.pool = pool;
  }

  /// Starts to notify other nodes, and to listen to them.
  void start(ThreadFactory factory) {
    threads.add(factory.newThread(this::announce));
    threads.add(factory.newThread(this::listen));
    threads.forEach(Thread::start);
  }

  /// Announces that this node put work into the database.
  void workArrived() {
    turns.lookSoon();
    ring(toLookAt);
    ring(announcements);
  }

  /// Announces that this node put work into the database.
  ///
  /// @param dueAt when the first delivery of each subscription is due, by this node's clock
  void workArrived(Map<SubscriptionName, Instant> dueAt) {
    dueAt.forEach(turns::workArrived);
    ring(toLookAt);
    ring(announcements);
  }

  /// Records that this node stores deliveries of other priorities than the default.
  void prioritized(SubscriptionName subscription) {
    turns.prioritized(subscription, true);
  }

  /// Makes [#await] return.
  void wakeUp() {
    ring(toLookAt);
  }

  /// Waits until there is news that no one has waited for yet, or the time is over.
  void await(Duration longest) throws InterruptedException {
    var _ = toLookAt.tryAcquire(TimeUnit.NANOSECONDS.convert(longest), TimeUnit.NANOSECONDS);
    toLookAt.drainPermits();
  }

  /// Returns whether there is news; it counts as waited for.
  boolean take() {
    return toLookAt.drainPermits() > 0;
  }

  /// A race causes at most one extra permit, which is drained with the others.
  private static void ring(Semaphore bell) {
    if (bell.availablePermits() == 0) {
      bell.release();
    }
  }

  private void announce() {
    try {
      while (true) {
        announcements.acquire();
        announcements.drainPermits();
        notifyOthers();
        TimeUnit.NANOSECONDS.sleep(BETWEEN_NOTIFICATIONS.toNanos());
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    }
  }

  private void notifyOthers() {
    try {
      pool.one(
          statements -> {
            PreparedStatement announce = statements.of(PostgresSql.NOTIFY);
            announce.setString(1, ownName);
            return announce.execute();
          });
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "cannot notify other nodes of new work, they find it by polling", e);
    }
  }

  private void listen() {
    try {
      while (!isClosed.get()) {
        try (Connection connection = connections.open()) {
          listening.set(connection);
          listen(connection);
        } catch (SQLException e) {
          LOG.log(Level.DEBUG, "cannot listen for news of other nodes, retrying", e);
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN_CONNECTIONS.toNanos());
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      ownName = String.valueOf(postgres.getBackendPID());
      statement.execute("listen sluice_work");
      // For notifications that were missed before this session listened.
      turns.lookSoon();
      ring(toLookAt);
      // Checked after [#close] can see the connection.
      while (!isClosed.get()) {
        PGNotification[] news =
            postgres.getNotifications(Math.toIntExact(BETWEEN_SIGNS_OF_LIFE.toMillis()));
        if (news.length == 0) {
          statement.execute("select 1");
        } else if (Stream.of(news).anyMatch(this::isOfAnother)) {
          turns.lookSoon();
          ring(toLookAt);
        }
      }
    }
  }

  private boolean isOfAnother(PGNotification news) {
    return !news.getParameter().equals(ownName);
  }

  /// Ends the threads.
  @Override
  public void close() {
    isClosed.set(true);
    threads.forEach(Thread::interrupt);
    hangUp(listening.get());
    try {
      for (Thread thread : threads) {
        thread.join(BETWEEN_CONNECTIONS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Aborts the connection, because waiting for a notification cannot be interrupted.
  private static void hangUp(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        // It is closed already.
      }
    }
  }
}
