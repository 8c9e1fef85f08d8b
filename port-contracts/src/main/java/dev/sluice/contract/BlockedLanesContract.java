package dev.sluice.contract;

import static dev.sluice.contract.LaneSteps.BLOCK;
import static dev.sluice.contract.LaneSteps.CONTINUE;
import static dev.sluice.contract.LaneSteps.LANE;
import static dev.sluice.contract.LaneSteps.ORDERED;
import static dev.sluice.contract.LaneSteps.PLAIN;
import static dev.sluice.contract.LaneSteps.append;
import static dev.sluice.contract.LaneSteps.deadLetter;
import static dev.sluice.contract.LaneSteps.lanes;
import static dev.sluice.contract.LaneSteps.processAll;
import static dev.sluice.contract.LaneSteps.replay;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.EventFilter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The promises for lanes that a dead letter blocks, and for replays into lanes.
public interface BlockedLanesContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  @Test
  default void blockingDeadLetter_keepsTheLaneWaitingAndNoOther() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "1", "2");
    deadLetter(fixture);
    append(fixture, BLOCK, "k", "3");
    append(fixture, BLOCK, "l", "other");

    assertThat(processAll(fixture)).containsExactly("other");
    assertThat(lanes(fixture).countBlocked()).isEqualTo(Map.of(ORDERED, 1L));
    LaneView lane = lanes(fixture).find(LANE).orElseThrow();
    assertThat(lane.isBlocked()).isTrue();
    assertThat(lane.head()).isEqualTo(new EventId("1"));
    assertThat(lane.behind()).isEqualTo(2);
  }

  @Test
  default void deadLetterWithNothingBehind_blocksWhatComesLater() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "1");
    deadLetter(fixture);
    append(fixture, BLOCK, "k", "2");

    assertThat(fixture.claimDue()).isEmpty();
  }

  @Test
  default void unblockedLane_continuesAndKeepsTheDeadLetter() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "1", "2");
    deadLetter(fixture);

    assertThat(lanes(fixture).unblock(LANE, new EventId("1"))).isTrue();
    assertThat(lanes(fixture).unblock(LANE, new EventId("1"))).isFalse();

    assertThat(fixture.status("1")).isEqualTo(EventStatus.FAILED);
    assertThat(processAll(fixture)).containsExactly("2");
    assertThat(lanes(fixture).find(LANE)).isEmpty();
  }

  /// The lane was blocked by another event when the operator looked.
  @Test
  default void laneThatAnotherEventBlocks_staysBlocked() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "1", "2", "3");
    deadLetter(fixture);
    lanes(fixture).unblock(LANE, new EventId("1"));
    deadLetter(fixture);

    assertThat(lanes(fixture).unblock(LANE, new EventId("1"))).isFalse();
    assertThat(lanes(fixture).unblock(LANE, new EventId("nobody"))).isFalse();

    assertThat(fixture.claimDue()).isEmpty();
    assertThat(lanes(fixture).find(LANE).orElseThrow().head()).isEqualTo(new EventId("2"));
  }

  @Test
  default void discardedDeadLetter_letsTheLaneContinue() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "1", "2");
    deadLetter(fixture);

    var _ = fixture.control().discard(new EventId("1"), Set.of());

    assertThat(processAll(fixture)).containsExactly("2");
    assertThat(lanes(fixture).countBlocked()).isEmpty();
  }

  @Test
  default void replayedDeadLetterThatBlocks_isTheHeadAgain() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "1", "2", "3");
    deadLetter(fixture);

    replay(fixture, "1", LanePlace.TAIL);

    assertThat(lanes(fixture).countBlocked()).isEmpty();
    assertThat(processAll(fixture)).containsExactly("1", "2", "3");
  }

  @Test
  default void replayAtTheTail_comesAfterEverythingAcceptedSoFar() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1");
    processAll(fixture);
    append(fixture, CONTINUE, "k", "2", "3");
    replay(fixture, "1", LanePlace.TAIL);
    append(fixture, CONTINUE, "k", "4");

    assertThat(processAll(fixture)).containsExactly("2", "3", "1", "4");
  }

  @Test
  default void replayAtTheHead_comesNext() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "0", "1");
    processAll(fixture);
    append(fixture, CONTINUE, "k", "2", "3");
    replay(fixture, "1", LanePlace.HEAD);
    replay(fixture, "0", LanePlace.HEAD);

    assertThat(processAll(fixture)).containsExactly("2", "0", "1", "3");
  }

  @Test
  default void bulkReplayAtTheHeads_comesNextInItsOldOrder() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "0", "1", "2", "3");
    processAll(fixture);
    append(fixture, CONTINUE, "k", "4", "5");
    EventFilter completed = EventFilter.ALL.withStatuses(Set.of(EventStatus.COMPLETED));

    BulkPlans.run(fixture, BulkPlans.started(fixture, BulkAction.REPLAY_AT_HEAD, completed, 4), 3);

    assertThat(processAll(fixture)).containsExactly("4", "0", "1", "2", "3", "5");
  }

  @Test
  default void replayIntoABlockedLane_waits() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "0");
    processAll(fixture);
    append(fixture, BLOCK, "k", "1");
    deadLetter(fixture);

    replay(fixture, "0", LanePlace.HEAD);
    assertThat(fixture.claimDue()).isEmpty();
    lanes(fixture).unblock(LANE, new EventId("1"));

    assertThat(processAll(fixture)).containsExactly("0");
  }

  @Test
  default void lanes_areListedByKeyWithTheirHeads() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "b", "b-1", "b-2");
    deadLetter(fixture);
    append(fixture, BLOCK, "c", "c-1", "c-2", "c-3");
    append(fixture, BLOCK, "a", "a-1");

    assertThat(lanes(fixture).list(ORDERED, "", false, 10))
        .extracting(lane -> lane.id().key() + " " + lane.head().value() + " " + lane.behind())
        .containsExactly("a a-1 0", "b b-1 1", "c c-1 2");
    assertThat(lanes(fixture).list(ORDERED, "", true, 10)).hasSize(1);
    assertThat(lanes(fixture).list(ORDERED, "a", false, 1))
        .extracting(lane -> lane.id().key())
        .containsExactly("b");
    assertThat(lanes(fixture).list(PLAIN, "", false, 10)).isEmpty();
  }

  @Test
  default void deadLetterThatBlocks_isNotDeleted() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "1");
    deadLetter(fixture);
    append(fixture, BLOCK, "l", "2");
    processAll(fixture);
    fixture.clock().advance(Duration.ofDays(1));

    assertThat(fixture.events().purge(fixture.now(), 10)).isEqualTo(1);
    assertThat(fixture.status("1")).isEqualTo(EventStatus.FAILED);
    lanes(fixture).unblock(LANE, new EventId("1"));
    fixture.clock().advance(Duration.ofDays(1));
    assertThat(fixture.events().purge(fixture.now(), 10)).isEqualTo(1);
  }

  @Test
  default void headThatWaitsForItsNextAttempt_isDueWhenAsked() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2");
    assertThat(lanes(fixture).retryNow(LANE, new EventId("1"))).as("it is due anyway").isFalse();
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofDays(1)));

    assertThat(lanes(fixture).retryNow(LANE, new EventId("1"))).isTrue();

    assertThat(fixture.status("1")).isEqualTo(EventStatus.RETRYING);
    assertThat(processAll(fixture)).containsExactly("1", "2");
    assertThat(lanes(fixture).retryNow(LANE, new EventId("1"))).isFalse();
  }

  @Test
  default void headThatIsAnotherEventMeanwhile_keepsItsTime() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofDays(1)));

    assertThat(lanes(fixture).retryNow(LANE, new EventId("2"))).isFalse();
    assertThat(lanes(fixture).retryNow(LANE, new EventId("nobody"))).isFalse();

    assertThat(fixture.claimDue()).isEmpty();
  }
}
