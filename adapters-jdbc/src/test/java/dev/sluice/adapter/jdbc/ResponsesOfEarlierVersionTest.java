package dev.sluice.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.TestDatabase;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.subscription.SubscriptionName;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node of an earlier version, which does not know responses, purged the newest events.
final class ResponsesOfEarlierVersionTest {

  private static final String PURGE =
      """
      delete from finished where seq > 1;
      delete from event where seq > 1
      """;

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private void settleThree(StorageFixture fixture) {
    var none = Optional.<Duration>empty();
    var times = new Response.Times(none, none, none, none, Duration.ofMillis(1));
    var response = new Response("https://a.example", 200, Map.of(), "body", false, times);
    for (String id : List.of("e-1", "e-2", "e-3")) {
      clock.advance(Duration.ofSeconds(1));
      fixture.append(id);
      var settlement =
          new Settlement(fixture.claimOne(), Resolution.COMPLETE, 0, Optional.of(response));
      var _ = fixture.queue().settle(List.of(settlement));
    }
  }

  private static void assertFirstIsNewest(StorageFixture fixture) {
    assertThat(fixture.events().newestAttempts(SubscriptionName.DEFAULT, Optional.empty(), 1))
        .singleElement()
        .extracting(attempt -> attempt.event())
        .isEqualTo(new EventId("e-1"));
  }

  @Test
  void postgres_listsOtherAttempts() {
    try (PostgresAdapter adapter = TestDatabase.empty(clock)) {
      var fixture = new StorageFixture(adapter.storage(), clock);
      settleThree(fixture);

      TestDatabase.execute(PURGE);

      assertFirstIsNewest(fixture);
    }
  }

  @Test
  void sqlite_listsOtherAttempts() throws SQLException {
    var settings = new SqliteSettings(directory);
    try (SqliteAdapter adapter = SqliteAdapter.open(settings, clock, StorageThreads.FACTORY)) {
      var fixture = new StorageFixture(adapter.storage(), clock);
      settleThree(fixture);

      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + settings.file());
          var statement = connection.createStatement()) {
        statement.executeUpdate(PURGE);
      }

      assertFirstIsNewest(fixture);
    }
  }
}
