package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A node changes a row that another transaction is just changing: what the row is afterwards
/// decides.
@Timeout(60)
final class PostgresRowRacesTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  private final SettableClock clock = new SettableClock();
  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private PostgresAdapter node;
  private Claim claim;

  /// Of three events in a lane, the first is in progress.
  @BeforeEach
  void claim() {
    node = TestDatabase.empty(clock);
    node.storage().events().append(Stream.of("a", "b", "c").map(this::ordered).toList());
    claim =
        node.storage()
            .deliveries()
            .claim(
                new WorkerId("worker"), QuotaSamples.only(1, List.of(MAIL)), StorageFixture.LEASE)
            .getFirst();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    node.close();
  }

  private NewEvent ordered(String id) {
    return new NewEvent(
        Events.withKey(Events.event(id, "a", clock.instant()), "key"),
        List.of(MAIL),
        1,
        Optional.empty(),
        Map.of(),
        Map.of(MAIL, new Ordering(Ordering.OnFailure.CONTINUE)));
  }

  /// Starts a call while another transaction changes a row, and commits that transaction when the
  /// call waits for it.
  private <T> T during(String change, Callable<T> call) throws Exception {
    try (Connection other = TestDatabase.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      assertThat(statement.executeUpdate(change)).isOne();
      Future<T> result = threads.submit(call);
      Eventually.holds("the call waits for the row", PostgresRowRacesTest::isOneWaiting);
      other.commit();
      return result.get();
    }
  }

  private static boolean isOneWaiting() {
    try {
      return TestDatabase.number(
              "select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
          == 1;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private SettlementResult settle() {
    return node.storage()
        .deliveries()
        .settle(List.of(new Settlement(claim, Resolution.COMPLETE)))
        .getFirst();
  }

  private List<Claim> extend() {
    return node.storage().deliveries().extend(List.of(claim), StorageFixture.LEASE);
  }

  @Test
  void leaseThatWasExtended_isSettled() throws Exception {
    assertThat(during("update leased set lease_until = lease_until + 1", this::settle))
        .isEqualTo(SettlementResult.SETTLED);
    assertThat(TestDatabase.number("select count(*) from finished")).isOne();
  }

  @Test
  void leaseThatSomeoneElseGot_isLost() throws Exception {
    assertThat(during("update leased set worker = 'other'", this::settle))
        .isEqualTo(SettlementResult.LEASE_LOST);
    assertThat(TestDatabase.number("select count(*) from leased")).isOne();
    assertThat(TestDatabase.number("select count(*) from finished")).isZero();
  }

  @Test
  void leaseOfANewerAttempt_isLost() throws Exception {
    assertThat(during("update leased set started = started + 1", this::extend))
        .containsExactly(claim);
  }

  @Test
  void leaseThatWasChangedOtherwise_isExtended() throws Exception {
    assertThat(during("update leased set siblings = siblings + 1", this::extend)).isEmpty();
  }

  /// A lane has a head although a delivery is in progress, and a back-fill holds the row.
  @Test
  void headThatIsTooMany_isPutBehindAsItIsAfterwards() throws Exception {
    TestDatabase.execute(
        "update waiting set due_at = due_at - " + DueTime.PARKED + " where seq = 2");

    var _ =
        during(
            "update waiting set siblings = siblings + 1 where seq = 2",
            () -> node.storage().control().cancel(new EventId("c"), Set.of()));

    assertThat(
            TestDatabase.number(
                "select count(*) from waiting where seq = 2 and siblings = 2 and due_at >= "
                    + DueTime.PARKED))
        .isOne();
  }

  /// A back-fill holds the row of a finished delivery that an operator replays.
  @Test
  void finishedDelivery_isReplayedAsItIsAfterwards() throws Exception {
    assertThat(settle()).isEqualTo(SettlementResult.SETTLED);

    var _ =
        during(
            "update finished set siblings = siblings where seq = 1",
            () ->
                node.storage()
                    .control()
                    .replay(new EventId("a"), new ReplayScope.All(), LanePlace.TAIL));

    assertThat(TestDatabase.number("select count(*) from finished")).isZero();
    assertThat(TestDatabase.number("select count(*) from waiting where seq = 1")).isOne();
  }
}
