package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Samples;
import dev.sluice.application.intake.NoIntake;
import dev.sluice.application.operate.LaneOperations.Result;
import dev.sluice.contract.Events;
import dev.sluice.contract.RecordingListener;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.Lanes;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an operator does while another one does the same.
final class LaneOperationsTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final LaneId LANE = new LaneId(MAIL, "k");

  private final StorageFixture storage = Samples.storage();
  private final Operations control =
      new Operations(
          storage.storage(), NoIntake.INSTANCE, new RecordingListener(), storage.clock());
  private final Lanes lanes = storage.storage().lanes().orElseThrow();
  private final LaneOperations other = new LaneOperations(Optional.of(lanes), control, Map::of);

  @BeforeEach
  void blockTheLane() {
    for (String id : List.of("1", "2")) {
      var ordering = Map.of(MAIL, new Ordering(Ordering.OnFailure.BLOCK));
      var event = Events.withKey(Events.event(id), LANE.key());
      storage
          .events()
          .append(
              List.of(new NewEvent(event, List.of(MAIL), 1, Optional.empty(), Map.of(), ordering)));
    }
    deadLetter();
  }

  @Test
  void retryOfADeadLetterThatCompletedMeanwhile_doesNotRepeatIt() {
    LaneOperations late =
        lookingBefore(
            () -> {
              var _ = other.apply(LaneAction.RETRY, LANE, Optional.empty());
              storage.settle(storage.claimOne(), Resolution.COMPLETE);
            });

    assertThat(late.apply(LaneAction.RETRY, LANE, Optional.empty()))
        .isInstanceOfSatisfying(
            Result.NotAllowed.class,
            result -> assertThat(result.lane().head()).isEqualTo(new EventId("2")));

    assertThat(storage.status("1")).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  void unblockOfALaneThatAnotherEventBlocksMeanwhile_changesNothing() {
    LaneOperations late =
        lookingBefore(
            () -> {
              var _ = other.apply(LaneAction.UNBLOCK, LANE, Optional.empty());
              deadLetter();
            });

    assertThat(late.apply(LaneAction.UNBLOCK, LANE, Optional.of(new EventId("1"))))
        .isEqualTo(new Result.NotAllowed(lanes.find(LANE).orElseThrow()));

    assertThat(lanes.find(LANE).orElseThrow().head()).isEqualTo(new EventId("2"));
    assertThat(lanes.countBlocked()).containsEntry(MAIL, 1L);
  }

  private void deadLetter() {
    storage.settle(storage.claimOne(), new Resolution.DeadLetter(StorageFixture.CAUSE));
  }

  /// Returns operations that look at a lane before something else happens, once.
  private LaneOperations lookingBefore(Runnable something) {
    var pending = new ArrayDeque<>(List.of(something));
    Lanes late =
        (Lanes)
            Proxy.newProxyInstance(
                Lanes.class.getClassLoader(),
                new Class<?>[] {Lanes.class},
                (_, method, arguments) -> {
                  Object result = method.invoke(lanes, arguments);
                  if (method.getName().equals("find") && !pending.isEmpty()) {
                    pending.remove().run();
                  }
                  return result;
                });
    return new LaneOperations(Optional.of(late), control, Map::of);
  }
}
