package dev.sluice.adapter.jdbc.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.TestDatabase;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.contract.ScheduleStoreContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleChange;
import dev.sluice.domain.schedule.ScheduleChangeResult.Stored;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Schedules and their progress outlive the process.
@Tag("slow")
final class SchedulesAfterRestartTest {

  private static final Instant NOW = SettableClock.START;

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private SqliteAdapter sqlite() {
    return SqliteAdapter.open(new SqliteSettings(directory), clock, StorageThreads.FACTORY);
  }

  @Test
  void sqlite_keepsSchedules() {
    Schedule stored;
    try (SqliteAdapter first = sqlite()) {
      stored = storeAndAdvance(first.schedules());
    }

    try (SqliteAdapter second = sqlite()) {
      assertThat(second.schedules().all()).containsExactly(stored);
      assertThat(second.schedules().version()).isEqualTo(stored.version());
    }
  }

  @Test
  void postgres_keepsSchedules() {
    Schedule stored;
    try (PostgresAdapter first = TestDatabase.empty(clock)) {
      stored = storeAndAdvance(first.schedules());
    }

    try (PostgresAdapter second = TestDatabase.open(clock)) {
      assertThat(second.schedules().all()).containsExactly(stored);
      assertThat(second.schedules().version()).isEqualTo(stored.version());
    }
  }

  private static Schedule storeAndAdvance(ScheduleStore store) {
    var change =
        new ScheduleChange(
            new ScheduleName("nightly"),
            Expected.ABSENT,
            ScheduleStoreContract.PLAIN,
            "ann",
            NOW,
            NOW);
    Schedule stored = ((Stored) store.put(change)).schedule();
    Instant tick = NOW.plusSeconds(60);
    var progress = new ScheduleProgress(tick, Optional.of(tick));
    assertThat(store.advance(stored, progress)).isTrue();
    return stored.with(progress);
  }
}
