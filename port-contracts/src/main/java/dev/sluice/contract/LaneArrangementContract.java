package dev.sluice.contract;

import static dev.sluice.contract.LaneSteps.BLOCK;
import static dev.sluice.contract.LaneSteps.CONTINUE;
import static dev.sluice.contract.LaneSteps.LANE;
import static dev.sluice.contract.LaneSteps.ORDERED;
import static dev.sluice.contract.LaneSteps.append;
import static dev.sluice.contract.LaneSteps.arrange;
import static dev.sluice.contract.LaneSteps.deadLetter;
import static dev.sluice.contract.LaneSteps.ids;
import static dev.sluice.contract.LaneSteps.lanes;
import static dev.sluice.contract.LaneSteps.plain;
import static dev.sluice.contract.LaneSteps.processAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The promises for deliveries of subscriptions whose ordering changes.
public interface LaneArrangementContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  @Test
  default void subscriptionThatBecomesOrdered_ordersWhatWaits() {
    StorageFixture fixture = newStorage();
    for (String id : List.of("1", "2", "3", "4", "5")) {
      plain(fixture, "k", id);
    }
    plain(fixture, "", "free");
    plain(fixture, "l", "other");

    arrange(fixture, Optional.of(CONTINUE));
    append(fixture, CONTINUE, "k", "6");

    assertThat(ids(fixture.claimDue())).containsExactlyInAnyOrder("1", "free", "other");
    fixture.clock().advance(StorageFixture.LEASE.plusSeconds(1));
    fixture.queue().reclaimExpired(10, _ -> Resolution.COMPLETE);
    assertThat(processAll(fixture)).containsExactly("2", "3", "4", "5", "6");
  }

  @Test
  default void subscriptionThatBecomesOrdered_waitsForAttemptsInProgress() {
    StorageFixture fixture = newStorage();
    plain(fixture, "k", "1");
    plain(fixture, "k", "2");
    List<Claim> running = fixture.claimDue();
    assertThat(running).hasSize(2);
    plain(fixture, "k", "3");
    arrange(fixture, Optional.of(CONTINUE));

    assertThat(fixture.claimDue()).isEmpty();
    fixture.settle(running.getFirst(), fixture.retryIn(Duration.ZERO));
    assertThat(fixture.claimDue()).isEmpty();
    fixture.settle(running.getLast(), Resolution.COMPLETE);

    assertThat(processAll(fixture)).containsExactly("1", "3");
  }

  @Test
  default void subscriptionThatIsNoLongerOrdered_ordersNothing() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "1", "2", "3", "4");
    append(fixture, BLOCK, "l", "dead", "l-2");
    List<Claim> claims = fixture.claimDue();
    for (Claim claim : claims) {
      if (claim.event().id().value().equals("dead")) {
        fixture.settle(claim, new Resolution.DeadLetter(StorageFixture.CAUSE));
      }
    }

    arrange(fixture, Optional.empty());

    assertThat(ids(fixture.claimDue())).containsExactlyInAnyOrder("2", "3", "4", "l-2");
    assertThat(lanes(fixture).countBlocked()).isEmpty();
    assertThat(lanes(fixture).list(ORDERED, "", false, 10)).isEmpty();
    plain(fixture, "k", "5");
    assertThat(ids(fixture.claimDue())).containsExactly("5");
  }

  @Test
  default void subscriptionThatNoLongerBlocks_continuesItsBlockedLanes() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "1", "2");
    deadLetter(fixture);

    arrange(fixture, Optional.of(CONTINUE));

    assertThat(processAll(fixture)).containsExactly("2");
  }

  @Test
  default void subscriptionThatBlocksFromNowOn_blocksAtTheNextDeadLetter() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2");
    arrange(fixture, Optional.of(BLOCK));

    deadLetter(fixture);

    assertThat(fixture.claimDue()).isEmpty();
  }

  @Test
  default void attemptThatFailsWhileLanesAreFormed_keepsItsPlace() {
    StorageFixture fixture = newStorage();
    plain(fixture, "k", "1");
    Claim running = fixture.claimOne();
    for (String id : List.of("2", "3", "4", "5")) {
      plain(fixture, "k", id);
    }
    boolean _ = lanes(fixture).arrange(ORDERED, Optional.of(CONTINUE), 1);
    fixture.settle(running, fixture.retryIn(Duration.ofSeconds(1)));
    arrange(fixture, Optional.of(CONTINUE));

    fixture.clock().advance(Duration.ofSeconds(1));
    assertThat(processAll(fixture)).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  default void deliveriesCancelledWhileLanesAreFormed_areLeftOut() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2", "3");
    boolean _ = lanes(fixture).arrange(ORDERED, Optional.empty(), 1);
    boolean _ = lanes(fixture).arrange(ORDERED, Optional.of(CONTINUE), 1);
    var _ = fixture.control().cancel(new EventId("1"), Set.of());
    arrange(fixture, Optional.of(CONTINUE));

    assertThat(processAll(fixture)).containsExactly("2", "3");
  }

  @Test
  default void twoDeadLettersAtOnce_blockTheirLaneOnce() {
    StorageFixture fixture = newStorage();
    plain(fixture, "k", "1");
    plain(fixture, "k", "2");
    List<Claim> running = fixture.claimDue();
    plain(fixture, "k", "3");
    arrange(fixture, Optional.of(BLOCK));

    fixture
        .queue()
        .settle(
            running.stream()
                .map(
                    claim -> new Settlement(claim, new Resolution.DeadLetter(StorageFixture.CAUSE)))
                .toList());

    assertThat(fixture.claimDue()).isEmpty();
    EventId blocking = lanes(fixture).find(LANE).orElseThrow().head();
    assertThat(lanes(fixture).unblock(LANE, blocking)).isTrue();
    assertThat(processAll(fixture)).containsExactly("3");
  }

  @Test
  default void headOfABlockedLane_isPutBehindWhenItRetries() {
    StorageFixture fixture = newStorage();
    plain(fixture, "k", "1");
    plain(fixture, "k", "2");
    List<Claim> running = fixture.claimDue();
    arrange(fixture, Optional.of(BLOCK));
    fixture.settle(running.getFirst(), new Resolution.DeadLetter(StorageFixture.CAUSE));
    fixture.settle(running.getLast(), fixture.retryIn(Duration.ZERO));

    assertThat(fixture.claimDue()).isEmpty();
    assertThat(lanes(fixture).unblock(LANE, new EventId("1"))).isTrue();
    assertThat(processAll(fixture)).containsExactly("2");
  }
}
