package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.sqlite.Checkpoint.Mode;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// Copies the write-ahead log into the database on a connection of its own. SQLite would do it
/// within a commit, for which every producer would wait.
///
/// The writer continues meanwhile, so the log has grown by a few pages when a checkpoint ends. The
/// writer copies these after its next commit, because SQLite restarts the log from the front only
/// when all of it is in the database. See "Write-Ahead Logging" and `sqlite3_wal_checkpoint_v2` in
/// SQLite's manual.
final class Checkpointer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Checkpointer.class.getName());

  /// How often the size of the log is checked while there are commits.
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /// Most pages that the writer copies after a commit.
  private static final int FEW_PAGES = 256;

  private static final int MOST_TRIES = 4;

  private final Statements statements;
  private final long mostPages;
  private final Semaphore commits = new Semaphore(0);
  private final AtomicBoolean isAwake = new AtomicBoolean();
  private final AtomicBoolean hasRest = new AtomicBoolean();
  private final CountDownLatch isClosed = new CountDownLatch(1);
  private final ReentrantLock running = new ReentrantLock();
  private final Thread thread;

  /// @param statements of a connection that no other thread uses
  /// @param mostPages the log is copied when it has this many
  Checkpointer(Statements statements, long mostPages, ThreadFactory threads) {
    this.statements = statements;
    this.mostPages = mostPages;
    this.thread = threads.newThread(this::loop);
    thread.start();
  }

  /// Called by the writer after each commit.
  ///
  /// @return whether the writer must copy the rest of the log now
  boolean committed() {
    if (!isAwake.get() && isAwake.compareAndSet(false, true)) {
      commits.release();
    }
    return hasRest.get() && hasRest.getAndSet(false);
  }

  /// Blocks checkpoints until [#resume]; returns when none is running.
  void pause() {
    running.lock();
  }

  void resume() {
    running.unlock();
  }

  private void loop() {
    try {
      do {
        commits.acquire();
        isAwake.set(false);
        look();
      } while (!isClosed.await(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      LOG.log(Level.ERROR, "the checkpoint thread was unexpectedly interrupted", e);
    }
  }

  /// Copies the log if it is long.
  void look() {
    running.lock();
    try {
      if (Checkpoint.run(statements, Mode.NOOP).pages() >= mostPages) {
        copy();
      }
    } catch (SQLException | RuntimeException e) {
      // The writer itself copies a log that has become too long.
      LOG.log(Level.DEBUG, "cannot copy the write-ahead log: " + e.getMessage());
    } finally {
      running.unlock();
    }
  }

  private void copy() throws SQLException {
    Checkpoint last = Checkpoint.run(statements, Mode.PASSIVE);
    for (int tries = 1; last.rest() > FEW_PAGES && tries < MOST_TRIES; tries++) {
      last = Checkpoint.run(statements, Mode.PASSIVE);
    }
    hasRest.set(last.rest() > 0 && last.rest() <= FEW_PAGES);
  }

  /// Ends the thread and closes the connection.
  @Override
  public void close() throws SQLException {
    isClosed.countDown();
    commits.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    statements.close();
  }
}
