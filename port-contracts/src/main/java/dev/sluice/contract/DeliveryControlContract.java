package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.EventRecord.History;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl.ReplayedEvent;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.SettlementResult;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.DeliveryControl].
public interface DeliveryControlContract {

  /// A new, empty storage with room for at least 10,000 events.
  StorageFixture newStorage();

  @Test
  default void replay_startsAgainWithFreshBudgetAndKeepsHistory() {
    StorageFixture fixture = newStorage();
    fixture.deadLetter(Events.event("e-1"));

    assertThat(fixture.control().replay(new EventId("e-1")))
        .isInstanceOf(ControlResult.Changed.class);

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.RECEIVED);
    Claim claim = fixture.claimOne();
    assertThat(claim.attempts().spent()).isEqualTo(1);
    assertThat(claim.attempt()).isEqualTo(2);
    assertThat(fixture.record("e-1").history().getFirst().attempts()).hasSize(2);
  }

  @Test
  default void replay_isNotAllowedWhileUnfinished() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    assertThat(fixture.control().replay(new EventId("e-1")))
        .isInstanceOf(ControlResult.NotAllowed.class);
    fixture.claimOne();
    assertThat(fixture.control().replay(new EventId("e-1")))
        .isInstanceOf(ControlResult.NotAllowed.class);
  }

  @Test
  default void replay_ofUnknownEvent_isNotFound() {
    assertThat(newStorage().control().replay(new EventId("nobody")))
        .isInstanceOf(ControlResult.NotFound.class);
  }

  @Test
  default void cancel_takesAWaitingDeliveryOut() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    assertThat(fixture.control().cancel(new EventId("e-1")))
        .isInstanceOf(ControlResult.Changed.class);

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.CANCELLED);
    assertThat(fixture.queue().claim(StorageFixture.WORKER, 10, StorageFixture.LEASE, Set.of()))
        .isEmpty();
  }

  @Test
  default void cancel_takesAWaitingRetryOut() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(1)));

    fixture.control().cancel(new EventId("e-1"));

    fixture.clock().advance(Duration.ofSeconds(2));
    assertThat(fixture.queue().claim(StorageFixture.WORKER, 10, StorageFixture.LEASE, Set.of()))
        .isEmpty();
  }

  @Test
  default void cancel_isNotAllowedWhileProcessingOrFinished() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim claim = fixture.claimOne();

    assertThat(fixture.control().cancel(new EventId("e-1")))
        .isInstanceOf(ControlResult.NotAllowed.class);
    assertThat(fixture.settle(claim, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);
    assertThat(fixture.control().cancel(new EventId("e-1")))
        .isInstanceOf(ControlResult.NotAllowed.class);
  }

  @Test
  default void cancelledEvent_canBeReplayed() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.control().cancel(new EventId("e-1"));

    fixture.control().replay(new EventId("e-1"));

    assertThat(fixture.claimOne().event().id()).isEqualTo(new EventId("e-1"));
  }

  @Test
  default void replayDeadLetters_takesOnlyDeadOnesThatPassTheFilter() {
    StorageFixture fixture = newStorage();
    fixture.deadLetter(Events.event("paid", "order.paid", fixture.now()));
    fixture.deadLetter(Events.event("sent", "order.sent", fixture.now()));
    fixture.complete("done");
    EventFilter paid = EventFilter.ALL.withTypes(Set.of(new EventType("order.paid")));

    Page<ReplayedEvent> replayed = fixture.control().replayDeadLetters(paid, PageRequest.first(10));

    assertThat(replayed.items()).extracting(event -> event.id().value()).containsExactly("paid");
    assertThat(fixture.status("sent")).isEqualTo(EventStatus.FAILED);
    assertThat(fixture.status("done")).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  default void replayDeadLetters_goesOnWhereThePageEnded() {
    StorageFixture fixture = newStorage();
    for (int number = 1; number <= 5; number++) {
      fixture.deadLetter(Events.event("e-" + number));
    }

    Page<ReplayedEvent> first =
        fixture.control().replayDeadLetters(EventFilter.ALL, PageRequest.first(3));
    Page<ReplayedEvent> second =
        fixture.control().replayDeadLetters(EventFilter.ALL, new PageRequest(first.next(), 3));

    assertThat(first.items()).hasSize(3);
    assertThat(second.items()).hasSize(2);
    assertThat(second.hasNext()).isFalse();
  }

  @Test
  default void history_isBounded() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    for (int round = 0; round < History.MAX_ATTEMPTS + 20; round++) {
      fixture.settle(fixture.claimOne(), Resolution.COMPLETE);
      fixture.control().replay(new EventId("e-1"));
    }

    History history = fixture.record("e-1").history().getFirst();

    assertThat(history.attempts()).hasSize(History.MAX_ATTEMPTS);
    assertThat(history.attempts().getLast().number()).isEqualTo(History.MAX_ATTEMPTS + 20);
  }
}
