package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A node settles or extends a lease that another transaction is just changing: what the lease is
/// afterwards decides.
@Timeout(60)
final class PostgresLeaseRaceTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  private final SettableClock clock = new SettableClock();
  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private PostgresAdapter node;
  private Claim claim;

  @BeforeEach
  void claim() throws SQLException {
    node = TestDatabase.empty(clock);
    node.storage()
        .events()
        .append(List.of(new NewEvent(Events.event("a", "a", clock.instant()), List.of(MAIL))));
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

  /// Starts a call while another transaction changes the lease, and commits that transaction when
  /// the call waits for it.
  private <T> T during(String change, Callable<T> call) throws Exception {
    try (Connection other = TestDatabase.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      assertThat(statement.executeUpdate("update leased set " + change)).isOne();
      Future<T> result = threads.submit(call);
      Eventually.holds("the call waits for the lease", PostgresLeaseRaceTest::isOneWaiting);
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
    assertThat(during("lease_until = lease_until + 1", this::settle))
        .isEqualTo(SettlementResult.SETTLED);
    assertThat(TestDatabase.number("select count(*) from leased")).isZero();
    assertThat(TestDatabase.number("select count(*) from finished")).isOne();
  }

  @Test
  void leaseThatSomeoneElseGot_isLost() throws Exception {
    assertThat(during("worker = 'other'", this::settle)).isEqualTo(SettlementResult.LEASE_LOST);
    assertThat(TestDatabase.number("select count(*) from leased")).isOne();
    assertThat(TestDatabase.number("select count(*) from finished")).isZero();
  }

  @Test
  void leaseOfANewerAttempt_isLost() throws Exception {
    assertThat(during("started = started + 1", this::extend)).containsExactly(claim);
  }

  @Test
  void leaseThatWasChangedOtherwise_isExtended() throws Exception {
    assertThat(during("siblings = siblings + 1", this::extend)).isEmpty();
  }
}
