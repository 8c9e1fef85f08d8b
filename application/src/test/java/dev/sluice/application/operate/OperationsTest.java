package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Samples;
import dev.sluice.application.intake.NoIntake;
import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.RecordingListener;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.Transitions;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OperationsTest {

  private static final EventId UNKNOWN = new EventId("unknown");

  private final StorageFixture storage = Samples.storage();
  private final RecordingListener news = new RecordingListener();
  private final Operations operations =
      new Operations(storage.storage(), NoIntake.INSTANCE, news, storage.clock());

  @Test
  void replay_putsAFinishedEventBackToWorkAndSaysSo() {
    storage.complete("e-1");

    assertThat(operations.replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL))
        .isEqualTo(changed(SubscriptionName.DEFAULT));
    assertThat(storage.status("e-1")).isEqualTo(EventStatus.RECEIVED);
    assertThat(news.all(Transition.class))
        .containsExactly(Transitions.replayed(Events.event("e-1")));
  }

  private ControlResult changed(SubscriptionName... subscriptions) {
    return new ControlResult.Changed(storage.record("e-1").summary(), List.of(subscriptions));
  }

  @Test
  void replay_isAnnouncedForEachDeliveryThatChanged() {
    var first = new SubscriptionName("a");
    var second = new SubscriptionName("b");
    storage.events().append(List.of(new NewEvent(Events.event("e-1"), List.of(first, second))));
    storage
        .queue()
        .claim(StorageFixture.WORKER, QuotaSamples.upTo(2), StorageFixture.LEASE)
        .forEach(claim -> storage.settle(claim, Resolution.COMPLETE));

    operations.replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);

    assertThat(news.all(Transition.Replayed.class))
        .extracting(Transition.Replayed::subscription)
        .containsExactly(first, second);
  }

  @Test
  void replayOfAnEventInWork_isNotAllowedAndNotAnnounced() {
    storage.append("e-1");

    assertThat(operations.replay(new EventId("e-1"), new ReplayScope.Failed(), LanePlace.TAIL))
        .isEqualTo(new ControlResult.NotAllowed(storage.record("e-1").summary()));
    assertThat(news.all(Transition.class)).isEmpty();
  }

  @Test
  void cancel_takesAWaitingEventOutAndSaysWhen() {
    storage.append("e-1");
    storage.clock().advance(Duration.ofSeconds(5));

    assertThat(operations.cancel(new EventId("e-1"), Set.of()))
        .isEqualTo(changed(SubscriptionName.DEFAULT));
    assertThat(storage.status("e-1")).isEqualTo(EventStatus.CANCELLED);
    assertThat(news.all(Transition.class))
        .containsExactly(
            new Transition.Cancelled(
                new EventId("e-1"),
                Events.TYPE,
                Optional.empty(),
                SubscriptionName.DEFAULT,
                SettableClock.START.plusSeconds(5)));
  }

  @Test
  void cancelOfAFinishedEvent_isNotAllowedAndNotAnnounced() {
    storage.complete("e-1");

    assertThat(operations.cancel(new EventId("e-1"), Set.of()))
        .isEqualTo(new ControlResult.NotAllowed(storage.record("e-1").summary()));
    assertThat(news.all(Transition.class)).isEmpty();
  }

  @Test
  void unknownEvent_isNotFound() {
    assertThat(operations.replay(UNKNOWN, new ReplayScope.Failed(), LanePlace.TAIL))
        .isEqualTo(new ControlResult.NotFound());
    assertThat(operations.cancel(UNKNOWN, Set.of())).isEqualTo(new ControlResult.NotFound());
    assertThat(operations.find(UNKNOWN)).isEmpty();
    assertThat(news.all(Transition.class)).isEmpty();
  }

  @Test
  void discard_isAnnounced() {
    storage.deadLetter(Events.event("e-1"));

    assertThat(operations.discard(new EventId("e-1"), Set.of()))
        .isInstanceOf(ControlResult.Changed.class);
    assertThat(news.all(Transition.class))
        .containsExactly(
            new Transition.Discarded(
                new EventId("e-1"),
                Events.TYPE,
                Optional.empty(),
                SubscriptionName.DEFAULT,
                storage.now()));
  }

  @Test
  void errorGroups_areAskedForOnceInTwoSeconds() {
    storage.deadLetter(Events.event("e-1"));
    assertThat(operations.errorGroups(10)).hasSize(1);
    storage.control().replay(new EventId("e-1"), new ReplayScope.Failed(), LanePlace.TAIL);

    assertThat(operations.errorGroups(10)).hasSize(1);
    assertThat(operations.errorGroups(0)).isEmpty();
    storage.clock().advance(Duration.ofSeconds(2));
    assertThat(operations.errorGroups(10)).isEmpty();
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
