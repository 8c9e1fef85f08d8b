package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Events;
import dev.sluice.contract.PriorityContract;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nodes that claim by priority at the same moment.
final class PostgresPriorityTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  private final SettableClock clock = new SettableClock();
  private PostgresAdapter node;

  @BeforeEach
  void start() {
    node = TestDatabase.empty(clock);
    var batch = new ArrayList<NewEvent>();
    for (int level = 0; level <= 9; level++) {
      var plain = Events.event("level-" + level, "a", clock.instant());
      batch.add(new NewEvent(PriorityContract.with(plain, level), List.of(MAIL)));
    }
    assertThat(node.storage().events().append(batch)).hasSize(10);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private List<String> claim(int most) {
    return node
        .storage()
        .deliveries()
        .claim(new WorkerId("worker"), QuotaSamples.only(most, List.of(MAIL)), StorageFixture.LEASE)
        .stream()
        .map(claim -> claim.event().id())
        .map(EventId::value)
        .toList();
  }

  @Test
  void claim_isInTheOrderOfPriorities() {
    assertThat(claim(4)).containsExactly("level-9", "level-8", "level-7", "level-6");
    assertThat(claim(10))
        .containsExactly("level-5", "level-4", "level-3", "level-2", "level-1", "level-0");
  }

  /// Another node is about to claim the first ones.
  @Test
  void lockedDeliveries_areLeftToTheNodeThatLockedThem() throws SQLException {
    try (Connection other = TestDatabase.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select from waiting where priority in (9, 7) for update");

      assertThat(claim(3)).containsExactly("level-8", "level-6", "level-5");
      other.rollback();
    }
    assertThat(claim(3)).containsExactly("level-9", "level-7", "level-4");
  }
}
