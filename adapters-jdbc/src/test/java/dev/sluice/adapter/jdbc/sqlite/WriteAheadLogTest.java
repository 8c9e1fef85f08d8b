package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.event.EventId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The write-ahead log stays bounded whatever readers do.
@Tag("slow")
final class WriteAheadLogTest {

  private static final long LARGE = 2 << 20;
  private static final int EVENTS = 600;
  private static final int PAYLOAD = 20_000;

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private SqliteDatabase open(Duration wait) throws SQLException {
    var settings = new SqliteSettings(directory);
    SqliteAdapter.open(settings, clock, StorageThreads.FACTORY).close();
    var limits = new WriteAheadLog.Limits(LARGE, wait, Duration.ZERO);
    return new SqliteDatabase(settings, limits, clock, StorageThreads.FACTORY);
  }

  private long logBytes() {
    try {
      return Files.size(new SqliteSettings(directory).logFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// @return the largest size of the log
  private long fill(SqliteDatabase database) {
    var storage = new StorageFixture(database.storage(), clock);
    long largest = 0;
    for (int number = 0; number < EVENTS; number++) {
      String json = "\"" + "x".repeat(PAYLOAD) + "\"";
      storage.append(Events.withPayload(Events.event("e-" + number), json));
      largest = Math.max(largest, logBytes());
    }
    return largest;
  }

  /// Reads for some milliseconds, as a list with a wide filter does, but leaves the processor to
  /// the writer.
  private static boolean readSlowly(SqliteDatabase database, CountDownLatch isOver) {
    return database.read(
        statements -> {
          try (ResultSet row = statements.of("select id from event").executeQuery()) {
            row.next();
            return isOver.await(5, TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void readersThatOverlapWithoutAGap_doNotLetItGrow() throws Exception {
    var isOver = new CountDownLatch(1);
    try (SqliteDatabase database = open(Duration.ofSeconds(5));
        var threads = Executors.newFixedThreadPool(6)) {
      List<Future<?>> readers = new ArrayList<>();
      for (int reader = 0; reader < 6; reader++) {
        readers.add(
            threads.submit(
                () -> {
                  while (!readSlowly(database, isOver)) {
                    // Continues with the next read.
                  }
                }));
      }
      long largest = fill(database);
      isOver.countDown();
      for (Future<?> reader : readers) {
        reader.get();
      }
      assertThat(largest).isLessThan(4 * LARGE);
    }
  }

  @Test
  void readerThatTakesLong_doesNotStopTheWriter() throws Exception {
    try (SqliteDatabase database = open(Duration.ofMillis(1));
        var reading = new Connections(new SqliteSettings(directory).file()).reader();
        var statement = reading.createStatement()) {
      statement.execute("begin");
      statement.executeQuery("select count(*) from event").close();

      fill(database);

      var storage = new StorageFixture(database.storage(), clock);
      assertThat(storage.events().find(new EventId("e-" + (EVENTS - 1)))).isPresent();
      statement.execute("rollback");
    }
  }
}
