package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.Query;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.port.StoreUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/// Reads over a few connections, each on its own platform thread: a call into the database would
/// occupy a virtual thread's carrier, which others need.
final class ReaderPool implements AutoCloseable {

  private final LinkedBlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();

  /// @param connections one for each thread
  ReaderPool(List<Statements> connections, ThreadFactory factory) {
    for (Statements connection : connections) {
      Thread thread = factory.newThread(() -> loop(connection));
      threads.add(thread);
      thread.start();
    }
  }

  private record Task<T>(Query<T> query, CompletableFuture<T> answer) {

    /// Runs on a snapshot: commits made meanwhile are not visible.
    void run(Statements statements) {
      try {
        statements.execute("begin");
        T result = query.run(statements);
        statements.execute("rollback");
        answer.complete(result);
      } catch (SQLException e) {
        recover(statements);
        answer.completeExceptionally(
            new StoreUnavailableException("cannot read the database: " + e.getMessage(), e));
      } catch (RuntimeException | Error e) {
        recover(statements);
        answer.completeExceptionally(e);
      }
    }

    private static void recover(Statements statements) {
      try {
        statements.prepareAnew();
        statements.execute("rollback");
      } catch (SQLException e) {
        // There was no transaction to end.
      }
    }
  }

  /// Runs the query on a snapshot of the database.
  ///
  /// @throws StoreUnavailableException when the database cannot be read
  <T> T read(Query<T> query) {
    var task = new Task<>(query, new CompletableFuture<T>());
    queue.add(task);
    // Checked after the task was queued: either a thread sees it before it ends, or this is true.
    if (isClosed.get() && queue.remove(task)) {
      throw new StoreUnavailableException("the storage is closed");
    }
    try {
      return task.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private void loop(Statements statements) {
    try (statements) {
      while (true) {
        queue.take().run(statements);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
      for (Task<?> task = queue.poll(); task != null; task = queue.poll()) {
        task.answer().completeExceptionally(new StoreUnavailableException("the storage is closed"));
      }
    } catch (SQLException e) {
      // Closing a connection that only read loses nothing.
    }
  }

  /// Ends the threads and closes their connections.
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
