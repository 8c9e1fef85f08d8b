package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Samples;
import dev.sluice.application.operate.ControlEvents.BulkReplay;
import dev.sluice.contract.Events;
import dev.sluice.contract.RecordingListener;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OperationsTest {

  private static final EventId UNKNOWN = new EventId("unknown");

  private final StorageFixture storage = Samples.storage();
  private final RecordingListener news = new RecordingListener();
  private final Operations operations = new Operations(storage.storage(), news, storage.clock());

  private void deadLetters(int count) {
    storage.events().append(Events.many(count));
    for (Claim claim :
        storage.queue().claim(StorageFixture.WORKER, count, StorageFixture.LEASE, Set.of())) {
      storage.settle(claim, new Resolution.DeadLetter(StorageFixture.CAUSE));
    }
  }

  @Test
  void replay_putsAFinishedEventBackToWorkAndSaysSo() {
    storage.complete("e-1");

    assertThat(operations.replay(new EventId("e-1")))
        .isEqualTo(new ControlResult.Changed(storage.record("e-1").summary(), 1));
    assertThat(storage.status("e-1")).isEqualTo(EventStatus.RECEIVED);
    assertThat(news.all(Transition.class)).containsExactly(new Transition.Replayed(Events.TYPE, 1));
  }

  @Test
  void replay_countsTheDeliveriesThatChanged() {
    storage
        .events()
        .append(
            List.of(
                new NewEvent(
                    Events.event("e-1"),
                    List.of(new SubscriptionName("a"), new SubscriptionName("b")))));
    storage
        .queue()
        .claim(StorageFixture.WORKER, 2, StorageFixture.LEASE, Set.of())
        .forEach(claim -> storage.settle(claim, Resolution.COMPLETE));

    operations.replay(new EventId("e-1"));

    assertThat(news.all(Transition.class)).containsExactly(new Transition.Replayed(Events.TYPE, 2));
  }

  @Test
  void replayOfAnEventInWork_isNotAllowedAndNotAnnounced() {
    storage.append("e-1");

    assertThat(operations.replay(new EventId("e-1")))
        .isEqualTo(new ControlResult.NotAllowed(storage.record("e-1").summary()));
    assertThat(news.all(Transition.class)).isEmpty();
  }

  @Test
  void cancel_takesAWaitingEventOutAndSaysWhen() {
    storage.append("e-1");
    storage.clock().advance(Duration.ofSeconds(5));

    assertThat(operations.cancel(new EventId("e-1")))
        .isEqualTo(new ControlResult.Changed(storage.record("e-1").summary(), 1));
    assertThat(storage.status("e-1")).isEqualTo(EventStatus.CANCELLED);
    assertThat(news.all(Transition.class))
        .containsExactly(
            new Transition.Cancelled(Events.TYPE, 1, SettableClock.START.plusSeconds(5)));
  }

  @Test
  void cancelOfAFinishedEvent_isNotAllowedAndNotAnnounced() {
    storage.complete("e-1");

    assertThat(operations.cancel(new EventId("e-1")))
        .isEqualTo(new ControlResult.NotAllowed(storage.record("e-1").summary()));
    assertThat(news.all(Transition.class)).isEmpty();
  }

  @Test
  void unknownEvent_isNotFound() {
    assertThat(operations.replay(UNKNOWN)).isEqualTo(new ControlResult.NotFound());
    assertThat(operations.cancel(UNKNOWN)).isEqualTo(new ControlResult.NotFound());
    assertThat(operations.find(UNKNOWN)).isEmpty();
    assertThat(news.all(Transition.class)).isEmpty();
  }

  @Test
  void bulkReplay_takesAllDeadLettersPageByPage() {
    deadLetters(1_203);

    assertThat(operations.replayDeadLetters(EventFilter.ALL, 10_000))
        .isEqualTo(new BulkReplay(1_203, true));
    assertThat(storage.events().counts().of(EventStatus.RECEIVED)).isEqualTo(1_203);
    assertThat(news.all(Transition.class))
        .hasSize(1_203)
        .containsOnly(new Transition.Replayed(Events.TYPE, 1));
  }

  @Test
  void bulkReplay_stopsAtItsLimitNewestFirst() {
    deadLetters(5);

    assertThat(operations.replayDeadLetters(EventFilter.ALL, 2))
        .isEqualTo(new BulkReplay(2, false));
    assertThat(storage.status("e-5")).isEqualTo(EventStatus.RECEIVED);
    assertThat(storage.status("e-4")).isEqualTo(EventStatus.RECEIVED);
    assertThat(storage.status("e-3")).isEqualTo(EventStatus.FAILED);
    assertThat(news.all(Transition.Replayed.class)).hasSize(2);
  }

  @Test
  void bulkReplay_keepsItsLimitOverSeveralPages() {
    deadLetters(1_100);

    assertThat(operations.replayDeadLetters(EventFilter.ALL, 1_001).replayed()).isEqualTo(1_001);
    assertThat(storage.events().counts().of(EventStatus.FAILED)).isEqualTo(99);
  }

  @Test
  void bulkReplay_leavesWhatTheFilterDoesNotName() {
    deadLetters(3);
    storage.deadLetter(Events.event("other", "order.sent", SettableClock.START));
    var sent = EventFilter.ALL.withTypes(Set.of(new EventType("order.sent")));

    assertThat(operations.replayDeadLetters(sent, 10)).isEqualTo(new BulkReplay(1, true));
    assertThat(storage.events().counts().of(EventStatus.FAILED)).isEqualTo(3);
    assertThat(news.all(Transition.class))
        .containsExactly(new Transition.Replayed(new EventType("order.sent"), 1));
  }

  @Test
  void bulkReplayWithoutDeadLetters_isComplete() {
    storage.complete("e-1");

    assertThat(operations.replayDeadLetters(EventFilter.ALL, 10))
        .isEqualTo(new BulkReplay(0, true));
  }

  @Test
  void browsing_showsWhatTheStorageHas() {
    storage.append("e-1");
    storage.append("e-2");

    assertThat(operations.find(new EventId("e-1"))).contains(storage.record("e-1"));
    assertThat(operations.list(EventFilter.ALL, PageRequest.first(1)).items())
        .containsExactly(storage.record("e-2").summary());
    assertThat(operations.counts().backlog()).isEqualTo(2);
    assertThat(operations.durability()).isEqualTo(Durability.MEMORY);
  }
}
