package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.Dialect;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointerTest {

  private static final int MOST_PAGES = 16;

  @TempDir private Path directory;
  private Connections connections;
  private Connection connection;
  private Statement writer;
  private Checkpointer checkpointer;

  @BeforeEach
  void open() throws SQLException {
    connections = new Connections(directory.resolve("events.db"));
    connections.prepare();
    connection = connections.writer();
    writer = connection.createStatement();
    writer.execute("create table page (content)");
    var own = new Statements(connections.checkpointer(), Dialect.SQLITE);
    checkpointer = new Checkpointer(own, MOST_PAGES, StorageThreads.FACTORY);
  }

  @AfterEach
  void close() throws SQLException {
    checkpointer.close();
    connection.close();
  }

  /// @return whether the writer must copy the rest
  private boolean write(int pages) throws SQLException {
    writer.execute("insert into page values (zeroblob(" + pages * Connections.PAGE_BYTES + "))");
    return checkpointer.committed();
  }

  private int pagesToCopy() {
    try (var row = writer.executeQuery("pragma wal_checkpoint(noop)")) {
      row.next();
      return row.getInt(2) - row.getInt(3);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void longLog_isCopiedBesideTheWriter() throws SQLException {
    write(2 * MOST_PAGES);

    Eventually.holds("all of the log is in the database", () -> pagesToCopy() == 0);
  }

  @Test
  void pausedCheckpoints_runAfterResume() throws SQLException {
    checkpointer.pause();
    write(2 * MOST_PAGES);
    int toCopy = pagesToCopy();
    checkpointer.resume();

    assertThat(toCopy).isGreaterThan(2 * MOST_PAGES);
    Eventually.holds("all of the log is in the database", () -> pagesToCopy() == 0);
  }

  @Test
  void failedCheckpoint_isRepeated() throws Exception {
    writer.execute("insert into page values (zeroblob(1000000))");
    Path log = directory.resolve("events.db-wal");
    byte[] content = Files.readAllBytes(log);
    Files.write(log, new byte[0]);
    checkpointer.look();
    int toCopy = pagesToCopy();
    Files.write(log, content);
    checkpointer.look();

    assertThat(toCopy).isPositive();
    assertThat(pagesToCopy()).isZero();
  }

  /// A reader keeps a checkpoint from copying what was written after it began to read.
  @Test
  void fewPagesThatAreLeft_areTheWriters() throws SQLException {
    write(2 * MOST_PAGES);
    try (Connection reading = connections.reader();
        Statement reader = reading.createStatement()) {
      reader.execute("begin");
      reader.executeQuery("select count(*) from page").close();

      Eventually.holds("the writer is asked to copy them", () -> isAsked());
      reader.execute("rollback");
    }
  }

  private boolean isAsked() {
    try {
      return write(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
