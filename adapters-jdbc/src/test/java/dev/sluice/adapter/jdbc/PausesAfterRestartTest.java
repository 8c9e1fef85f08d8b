package dev.sluice.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.TestDatabase;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pauses outlive the process, and deliveries of paused subscriptions are claimed afterwards.
@Tag("slow")
final class PausesAfterRestartTest {

  private static final Set<SubscriptionName> PAUSED = Set.of(SubscriptionName.DEFAULT);
  private static final Pause PAUSE =
      new Pause(PauseScope.EVERYTHING, "night", "ann", SettableClock.START, Instant.MAX);

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private SqliteAdapter sqlite() {
    return SqliteAdapter.open(new SqliteSettings(directory), clock, StorageThreads.FACTORY);
  }

  @Test
  void sqlite_keepsPausesAndDeliveries() {
    StatusCounts counts;
    try (SqliteAdapter first = sqlite()) {
      first.pauses().put(PAUSE);
      counts = append(first.storage());
    }

    try (SqliteAdapter second = sqlite()) {
      assertThat(second.pauses().all()).containsExactly(PAUSE);
      assertThat(second.storage().events().counts()).isEqualTo(counts);
      assertIsClaimed(second.storage());
    }
    assertThat(SqliteAdapter.check(new SqliteSettings(directory)).problems()).isEmpty();
  }

  @Test
  void postgres_keepsPausesAndDeliveries() {
    StatusCounts counts;
    try (PostgresAdapter first = TestDatabase.empty(clock)) {
      first.pauses().put(PAUSE);
      counts = append(first.storage());
    }

    try (PostgresAdapter second = TestDatabase.open(clock)) {
      assertThat(second.pauses().all()).containsExactly(PAUSE);
      assertThat(second.storage().events().counts()).isEqualTo(counts);
      assertIsClaimed(second.storage());
    }
  }

  private static StatusCounts append(Storage storage) {
    storage.events().append(Events.many(3));
    assertThat(claim(storage, PAUSED)).isEmpty();
    return storage.events().counts();
  }

  private static void assertIsClaimed(Storage storage) {
    assertThat(claim(storage, PAUSED)).as("still paused").isEmpty();
    assertThat(storage.control().cancel(new EventId("e-2"), Set.of())).isNotNull();
    assertThat(claim(storage, Set.of()))
        .extracting(claim -> claim.event().id().value())
        .containsExactly("e-1", "e-3");
  }

  private static List<Claim> claim(Storage storage, Set<SubscriptionName> paused) {
    return storage
        .deliveries()
        .claim(StorageFixture.WORKER, QuotaSamples.without(10, paused), StorageFixture.LEASE);
  }
}
