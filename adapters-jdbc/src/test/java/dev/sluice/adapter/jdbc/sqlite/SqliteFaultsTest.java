package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.MixedEvents;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Full and failing disks.
final class SqliteFaultsTest {

  private static final int TOO_LARGE = 1 << 20;

  private static final EventFilter AT_START =
      EventFilter.ALL.occurredBetween(SettableClock.START, SettableClock.START);

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // JUnit calls open() first.
  private SqliteDatabase database;

  @SuppressWarnings("NullAway.Init") // JUnit calls open() first.
  private StorageFixture storage;

  @BeforeEach
  void open() throws SQLException {
    var settings = new SqliteSettings(directory);
    SqliteAdapter.open(settings, new SettableClock(), StorageThreads.FACTORY).close();
    var clock = new SettableClock();
    database = new SqliteDatabase(settings, clock, StorageThreads.FACTORY);
    storage = new StorageFixture(database.storage(), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /// Keeps the database from growing beyond this many pages, as on a full disk.
  private void limitPages(int pages) {
    database.write(
        statements -> {
          statements.execute("pragma max_page_count = " + pages);
          return 0;
        });
  }

  private AppendResult appendLarge(String id) {
    String json = "\"" + "x".repeat(TOO_LARGE) + "\"";
    return storage.append(Events.withPayload(Events.event(id), json));
  }

  private String setting(String pragma) {
    return database.write(
        statements -> {
          try (var row = statements.of("pragma " + pragma).executeQuery()) {
            row.next();
            return row.getString(1);
          }
        });
  }

  /// What a 202 relies on: each commit forces the log to disk before it returns.
  @Test
  void writer_forcesEachCommitToDisk() {
    assertThat(setting("journal_mode")).isEqualTo("wal");
    assertThat(setting("synchronous")).as("FULL").isEqualTo("2");
    assertThat(setting("auto_vacuum")).as("INCREMENTAL").isEqualTo("2");
  }

  @Test
  void fullDisk_refusesAndStoresNothing() {
    storage.append("before");
    StatusCounts counts = storage.events().counts();
    limitPages(1);

    assertThat(appendLarge("large")).isEqualTo(new AppendResult.Full());

    assertThat(storage.events().find(new EventId("large"))).isEmpty();
    assertThat(storage.events().counts()).isEqualTo(counts);
    assertThat(storage.status("before")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  void roomAgain_goesOnByItself() {
    limitPages(1);
    appendLarge("large");
    limitPages(1 << 30);

    assertThat(appendLarge("large")).isInstanceOf(AppendResult.Stored.class);
    assertThat(storage.claimOne().event().id()).isEqualTo(new EventId("large"));
  }

  @ParameterizedTest
  @EnumSource(
      value = SQLiteErrorCode.class,
      names = {"SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC", "SQLITE_CORRUPT", "SQLITE_NOTADB"})
  void failureThatTryingAgainCannotMend_endsAllWriting(SQLiteErrorCode code) {
    storage.append("before");
    var failure = new SQLiteException("made up by a test", code);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(
            () ->
                database.write(
                    () -> {
                      throw failure;
                    }));

    assertWritingHasEnded();
  }

  @Test
  void rowsThatAreNotWhatWasWritten_endAllWriting() {
    storage.append("before");
    storage.append("held");
    List<Claim> claims =
        storage.queue().claim(StorageFixture.WORKER, QuotaSamples.upTo(10), StorageFixture.LEASE);
    database.write(
        statements -> {
          statements.execute("delete from live where seq = 2");
          return 0;
        });

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> storage.settle(claims.getLast(), Resolution.COMPLETE))
        .withMessageContaining("does not hold what this process wrote");
    assertWritingHasEnded();
  }

  /// Lists by time skip blocks of sequences that were deleted. Events whose deletion is rolled back
  /// must not be skipped.
  @Test
  void purgeThatIsUndone_leavesItsEventsInListsByTime() {
    int purged = 4_150;
    storage
        .events()
        .append(
            IntStream.rangeClosed(1, purged + 10)
                .mapToObj(number -> Events.unrouted(Events.event("e-" + number)))
                .toList());
    var failure = new IllegalStateException("made up by a test");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                database.write(
                    () -> {
                      int gone = database.events().purge(Instant.MAX, purged);
                      assertThat(gone).isEqualTo(purged);
                      throw failure;
                    }));

    storage.append("another transaction");

    // Counts all of them: one read may reach into a block that is skipped.
    assertThat(storage.events().count(AT_START, Cursor.START, 10_000).events())
        .isEqualTo(purged + 11L);
  }

  @Test
  void changesThatAreUndone_leaveTheCounts() {
    MixedEvents.store(
        storage,
        "done",
        Map.of(
            MixedEvents.MAIL, DeliveryStatus.COMPLETED, MixedEvents.AUDIT, DeliveryStatus.FAILED));
    MixedEvents.store(
        storage,
        "waits",
        Map.of(
            MixedEvents.MAIL, DeliveryStatus.FAILED, MixedEvents.AUDIT, DeliveryStatus.RETRYING));
    StatusCounts counts = storage.events().counts();
    var failure = new IllegalStateException("made up by a test");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                database.write(
                    () -> {
                      assertThat(database.events().purge(Instant.MAX, 10)).isEqualTo(1);
                      throw failure;
                    }));

    storage.append("another transaction");
    assertThat(storage.events().counts().of(EventStatus.FAILED))
        .isEqualTo(counts.of(EventStatus.FAILED));
    storage.control().discard(new EventId("done"), Set.of());
    assertThat(SqliteAdapter.check(new SqliteSettings(directory)).problems()).isEmpty();
  }

  private void assertWritingHasEnded() {
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> storage.append("after"))
        .withMessageContaining("then start Sluice again");
    assertThatExceptionOfType(StoreUnavailableException.class)
        .as("so that the node is not ready")
        .isThrownBy(() -> storage.events().counts());
    assertThat(storage.events().find(new EventId("before"))).as("reads go on").isPresent();
  }
}
