package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.domain.port.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Runs write operations, many per transaction: one thread takes what callers have queued, runs it,
/// commits once, and only then releases all callers. A commit forces the disk, which takes as long
/// for one operation as for hundreds.
///
/// When an operation fails, the transaction is rolled back and each operation of the group runs
/// again in a transaction of its own, so that only the faulty one fails. When the commit fails, all
/// fail.
///
/// Large operations run alone, alternating with groups of the others, so that a small one waits for
/// no more than one of them.
final class GroupCommit implements AutoCloseable {

  private static final int MAX_GROUP = 512;
  private static final Duration LONGEST_GROUP = Duration.ofMillis(1);

  private final Transaction transaction;

  /// Operations that many callers wait for, or that free disk space: they run first in a group.
  private final ConcurrentLinkedQueue<Entry<?>> urgent = new ConcurrentLinkedQueue<>();

  private final ConcurrentLinkedQueue<Entry<?>> others = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Entry<?>> large = new ConcurrentLinkedQueue<>();

  /// Whether a large operation is next; the writer's thread only.
  private boolean isLargeNext;

  /// One permit for each entry in the queues.
  private final Semaphore queued = new Semaphore(0);

  /// The group in progress; the writer's thread only.
  private final List<Entry<?>> taken = new ArrayList<>();

  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Thread thread;

  GroupCommit(Transaction transaction, ThreadFactory threads) {
    this.transaction = transaction;
    this.thread = threads.newThread(this::loop);
    thread.start();
  }

  /// The transaction of a group. Called by the writer's thread only.
  interface Transaction {
    void begin() throws SQLException;

    /// Commits; all of it is durable on return.
    void commit() throws SQLException;

    /// Undoes everything since [#begin], in memory too.
    void rollback();

    /// Returns the exception that the caller gets for a failure.
    RuntimeException translate(Throwable failure);
  }

  /// Part of a transaction. It may run twice; the effects of the first run are rolled back then.
  interface Operation<T> {
    T run() throws SQLException;
  }

  private record Entry<T>(Operation<T> operation, CompletableFuture<T> done, boolean isLarge) {}

  /// The result of one operation, returned to its caller after the commit.
  private record Ran<T>(Entry<T> entry, T result) {
    static <T> Ran<T> of(Entry<T> entry) throws SQLException {
      return new Ran<>(entry, entry.operation().run());
    }

    void complete() {
      entry.done().complete(result);
    }
  }

  /// Runs the operation and waits until it is durable.
  ///
  /// @throws StoreUnavailableException when the storage is closed; for other failures, the
  ///   exception that [Transaction#translate] returns
  <T> T write(Operation<T> operation) {
    return write(operation, others, false);
  }

  /// Like [#write], but before all operations that are not urgent. A stream of large batches must
  /// not keep workers from processing them.
  <T> T writeUrgently(Operation<T> operation) {
    return write(operation, urgent, false);
  }

  /// Like [#write], for an operation too large to share its transaction with others.
  <T> T writeLarge(Operation<T> operation) {
    return write(operation, large, true);
  }

  private <T> T write(
      Operation<T> operation, ConcurrentLinkedQueue<Entry<?>> queue, boolean isLarge) {
    var entry = new Entry<>(operation, new CompletableFuture<T>(), isLarge);
    queue.add(entry);
    queued.release();
    // Checked after the entry was queued: either the thread sees it before it ends, or this is
    // true.
    if (isClosed.get() && queue.remove(entry)) {
      throw closed();
    }
    try {
      return entry.done().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /// Returns how many operations wait for the writer.
  int queued() {
    return queued.availablePermits();
  }

  private void loop() {
    try {
      while (true) {
        queued.acquire();
        runGroup(poll());
      }
    } catch (InterruptedException e) {
      // Only close() interrupts. What was queued before it is still written.
      for (Entry<?> entry = poll(); entry != null; entry = poll()) {
        runGroup(entry);
      }
    } finally {
      // Whatever ends this thread, no caller may keep waiting for it.
      isClosed.set(true);
      taken.forEach(entry -> entry.done().completeExceptionally(closed()));
      for (Entry<?> entry = poll(); entry != null; entry = poll()) {
        entry.done().completeExceptionally(closed());
      }
    }
  }

  private @Nullable Entry<?> poll() {
    Entry<?> entry = isLargeNext ? large.poll() : pollSmall();
    if (entry == null) {
      entry = isLargeNext ? pollSmall() : large.poll();
    }
    isLargeNext = entry != null && !entry.isLarge();
    return entry;
  }

  private @Nullable Entry<?> pollSmall() {
    Entry<?> entry = urgent.poll();
    return entry == null ? others.poll() : entry;
  }

  private void runGroup(@Nullable Entry<?> first) {
    if (first == null) {
      // Its caller removed it.
      return;
    }
    var ran = new ArrayList<Ran<?>>();
    taken.clear();
    long end = System.nanoTime() + LONGEST_GROUP.toNanos();
    try {
      transaction.begin();
      for (Entry<?> entry = first; entry != null; entry = next(entry, end)) {
        taken.add(entry);
        ran.add(Ran.of(entry));
      }
    } catch (SQLException | RuntimeException | Error e) {
      // Also errors: without this thread every caller would wait forever.
      transaction.rollback();
      runAlone(taken.isEmpty() ? List.of(first) : List.copyOf(taken), e);
      return;
    }
    commit(ran);
  }

  /// Returns the entry that joins the group after `entry`, if any.
  private @Nullable Entry<?> next(Entry<?> entry, long end) {
    if (entry.isLarge()
        || taken.size() >= MAX_GROUP
        || System.nanoTime() - end >= 0
        || !queued.tryAcquire()) {
      return null;
    }
    Entry<?> next = pollSmall();
    if (next == null) {
      // The permit belongs to a large one.
      queued.release();
    }
    return next;
  }

  private void commit(List<Ran<?>> ran) {
    try {
      transaction.commit();
    } catch (SQLException | RuntimeException | Error e) {
      transaction.rollback();
      RuntimeException failure = transaction.translate(e);
      ran.forEach(one -> one.entry().done().completeExceptionally(failure));
      return;
    }
    ran.forEach(Ran::complete);
  }

  private void runAlone(List<Entry<?>> entries, Throwable failure) {
    // A failure that ends all writing must be known before any retry.
    RuntimeException known = transaction.translate(failure);
    if (entries.size() == 1) {
      entries.getFirst().done().completeExceptionally(known);
      return;
    }
    for (Entry<?> entry : entries) {
      try {
        transaction.begin();
        Ran<?> ran = Ran.of(entry);
        commit(List.of(ran));
      } catch (SQLException | RuntimeException | Error e) {
        transaction.rollback();
        entry.done().completeExceptionally(transaction.translate(e));
      }
    }
  }

  private static StoreUnavailableException closed() {
    return new StoreUnavailableException("the storage is closed");
  }

  /// Writes what is queued and ends the thread.
  @Override
  public void close() {
    isClosed.set(true);
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
