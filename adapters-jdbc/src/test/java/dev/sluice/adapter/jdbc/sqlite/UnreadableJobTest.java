package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A newer version wrote a bulk job that this one cannot read.
final class UnreadableJobTest {

  @TempDir Path directory;

  private SqliteAdapter open() {
    return SqliteAdapter.open(
        new SqliteSettings(directory), new SettableClock(), StorageThreads.FACTORY);
  }

  private static void start(BulkJobs jobs, String id) {
    jobs.plan(
        new BulkPlan(
            id,
            "token-" + id,
            BulkAction.CANCEL,
            BulkAction.CANCEL.qualifying(EventFilter.ALL).orElseThrow(),
            Optional.empty(),
            Cursor.END,
            Cursor.END,
            0,
            jobs.now(),
            "ann"));
    assertThat(jobs.start(id, "ann", 0)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status=DREAMING", "priority=9", "", "no equals sign"})
  void jobThatCannotBeRead_stopsNoOther(String line) throws SQLException {
    try (SqliteAdapter adapter = open()) {
      start(adapter.storage().bulk(), "newer");
      start(adapter.storage().bulk(), "known");
    }
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("sluice.db"));
        var update =
            connection.prepareStatement(
                "update bulk_job set filter = ? || char(10) || filter where id = 'newer'")) {
      update.setString(1, line);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }

    try (SqliteAdapter adapter = open()) {
      assertThat(adapter.storage().bulk().running())
          .extracting(job -> job.plan().id())
          .containsExactly("known");
      assertThat(adapter.storage().bulk().find("newer")).isEmpty();
    }
  }

  @Test
  void jobThatCanBeRead_runs() {
    try (SqliteAdapter adapter = open()) {
      start(adapter.storage().bulk(), "known");

      assertThat(adapter.storage().bulk().find("known"))
          .get()
          .extracting(BulkJob::state)
          .isEqualTo(BulkJob.State.RUNNING);
    }
  }
}
