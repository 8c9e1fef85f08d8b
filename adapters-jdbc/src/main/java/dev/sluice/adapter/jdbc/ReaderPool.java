package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.StoreUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;

/// Reads over a few connections, each in a snapshot of its own. Reads run on the pool's platform
/// threads: a call into the database would keep a virtual thread's carrier from all others.
final class ReaderPool implements AutoCloseable {

  private final ExecutorService threads;
  private final BlockingQueue<Statements> connections = new LinkedBlockingQueue<>();
  private final List<Statements> all;

  /// @param threads as many as there are connections
  ReaderPool(ExecutorService threads, List<Statements> connections) {
    this.threads = threads;
    this.all = new ArrayList<>(connections);
    this.connections.addAll(connections);
  }

  /// What is to be read.
  interface Query<T> {
    T run(Statements statements) throws SQLException;
  }

  /// Runs the query on a snapshot of the database.
  ///
  /// @throws StoreUnavailableException when the database cannot be read
  <T> T read(Query<T> query) {
    try {
      Future<T> answer = threads.submit(() -> onSnapshot(query));
      return uninterruptibly(answer);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new StoreUnavailableException("cannot read the database: " + e.getMessage(), e);
    } catch (RejectedExecutionException e) {
      throw new StoreUnavailableException("the storage is closed", e);
    }
  }

  private <T> T onSnapshot(Query<T> query) throws SQLException, InterruptedException {
    Statements statements = connections.take();
    try {
      statements.execute("begin");
      try {
        return query.run(statements);
      } finally {
        statements.execute("rollback");
      }
    } finally {
      connections.add(statements);
    }
  }

  private static <T> T uninterruptibly(Future<T> answer) throws ExecutionException {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return answer.get();
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    threads.close();
    for (Statements statements : all) {
      statements.close();
    }
  }
}
