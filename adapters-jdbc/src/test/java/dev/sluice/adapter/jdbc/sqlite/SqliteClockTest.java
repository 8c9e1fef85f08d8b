package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wall clock is set back while no process uses the storage.
final class SqliteClockTest {

  @TempDir Path directory;

  private final SettableClock clock = new SettableClock();

  private SqliteAdapter open() {
    return SqliteAdapter.open(new SqliteSettings(directory), clock, StorageThreads.FACTORY);
  }

  private StorageFixture fixture(SqliteAdapter adapter) {
    return new StorageFixture(adapter.storage(), clock);
  }

  @Test
  void whatWasDue_isDueAfterTheStart() {
    try (SqliteAdapter before = open()) {
      fixture(before).append("e-1");
    }
    clock.step(Duration.ofHours(-2));

    try (SqliteAdapter after = open()) {
      assertThat(fixture(after).claimOne().event().id().value()).isEqualTo("e-1");
    }
  }

  @Test
  void retry_waitsNoLongerThanItHadTo() {
    try (SqliteAdapter before = open()) {
      StorageFixture fixture = fixture(before);
      fixture.append("e-1");
      fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(2)));
    }
    clock.step(Duration.ofHours(-2));

    try (SqliteAdapter after = open()) {
      StorageFixture fixture = fixture(after);
      assertThat(fixture.claimDue()).isEmpty();
      clock.advance(Duration.ofSeconds(2));
      assertThat(fixture.claimOne().attempt()).isEqualTo(2);
    }
  }
}
