package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.Lanes;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.Ordering.OnFailure;
import dev.sluice.domain.subscription.SubscriptionName;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lanes are what they were after the process has ended, wherever it ended.
final class LaneRestartTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final Ordering BLOCK = new Ordering(OnFailure.BLOCK);
  private static final LaneId LANE = new LaneId(MAIL, "k");

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock();
  private SqliteAdapter adapter;
  private StorageFixture fixture;

  @BeforeEach
  void open() {
    open(EmptyDatabase.in(directory));
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  private void reopen() {
    adapter.close();
    open(new SqliteSettings(directory));
  }

  private void open(SqliteSettings settings) {
    adapter = SqliteAdapter.open(settings, clock, StorageThreads.FACTORY);
    fixture = new StorageFixture(adapter.storage(), clock);
  }

  private Lanes lanes() {
    return fixture.storage().lanes().orElseThrow();
  }

  private void append(Optional<Ordering> ordering, String... ids) {
    for (String id : ids) {
      fixture
          .events()
          .append(
              List.of(
                  new NewEvent(
                      Events.keyed(id, "k"),
                      List.of(MAIL),
                      1,
                      Optional.empty(),
                      Map.of(),
                      ordering.map(one -> Map.of(MAIL, one)).orElse(Map.of()))));
    }
  }

  /// Ends what the last process left in progress.
  private void takeOver() {
    clock.advance(StorageFixture.LEASE.plusSeconds(1));
    fixture.queue().reclaimExpired(10, _ -> fixture.retryIn(Duration.ZERO));
  }

  private List<String> processAll() {
    var processed = new ArrayList<String>();
    for (List<Claim> claims = fixture.claimDue(); !claims.isEmpty(); claims = fixture.claimDue()) {
      assertThat(claims).hasSize(1);
      processed.add(claims.getFirst().event().id().value());
      fixture.settle(claims.getFirst(), Resolution.COMPLETE);
    }
    return processed;
  }

  @Test
  void deliveriesBehind_stayBehindTheHeadThatWasInProgress() {
    append(Optional.of(BLOCK), "1", "2", "3");
    fixture.claimOne();

    reopen();
    append(Optional.of(BLOCK), "4");
    takeOver();

    assertThat(processAll()).containsExactly("1", "2", "3", "4");
  }

  @Test
  void blockedLane_staysBlocked() {
    append(Optional.of(BLOCK), "1", "2");
    fixture.settle(fixture.claimOne(), new Resolution.DeadLetter(StorageFixture.CAUSE));

    reopen();

    assertThat(fixture.claimDue()).isEmpty();
    assertThat(lanes().find(LANE).orElseThrow().head()).isEqualTo(new EventId("1"));
    assertThat(lanes().unblock(LANE, new EventId("1"))).isTrue();
    assertThat(processAll()).containsExactly("2");
  }

  @Test
  void interruptedArrangement_isFinished() {
    append(Optional.empty(), "1", "2", "3", "4", "5");
    assertThat(lanes().arrange(MAIL, Optional.of(BLOCK), 2)).isTrue();

    reopen();
    for (int step = 0; lanes().arrange(MAIL, Optional.of(BLOCK), 2); step++) {
      assertThat(step).isLessThan(20);
    }

    assertThat(processAll()).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void interruptedRelease_isFinished() {
    append(Optional.of(BLOCK), "1", "2", "3", "4", "5");
    assertThat(lanes().arrange(MAIL, Optional.empty(), 2)).isTrue();

    reopen();
    for (int step = 0; lanes().arrange(MAIL, Optional.empty(), 2); step++) {
      assertThat(step).isLessThan(20);
    }

    assertThat(fixture.claimDue()).hasSize(5);
  }

  /// Nothing leaves such a lane behind; if something did, it must not stop for good.
  @Test
  void laneWithoutHead_getsOne() throws SQLException {
    append(Optional.of(BLOCK), "1", "2");
    adapter.close();
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("sluice.db"));
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("delete from live where due_at < 4611686018427387904"))
          .isEqualTo(1);
    }

    open(new SqliteSettings(directory));

    assertThat(processAll()).containsExactly("2");
  }
}
