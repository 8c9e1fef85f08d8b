package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.adapter.memory.MemorySettings;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.lane.Lanes;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.Ordering.OnFailure;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Ordered subscriptions are not claimed before their lanes are arranged.
final class LaneArrangerTest {

  private static final SubscriptionName LEDGER = new SubscriptionName("ledger");
  private static final Ordering ORDERING = new Ordering(OnFailure.BLOCK);

  private final SettableClock clock = new SettableClock();

  /// The calls to the storage, and how many steps it still needs.
  private final List<String> calls = new ArrayList<>();

  private int stepsLeft;
  private boolean isChangedElsewhere;

  private final Lanes lanes =
      (Lanes)
          Proxy.newProxyInstance(
              Lanes.class.getClassLoader(),
              new Class<?>[] {Lanes.class},
              (_, method, arguments) ->
                  method.getName().equals("arrange")
                      ? arrange((SubscriptionName) arguments[0], (Optional<?>) arguments[1])
                      : method.invoke(memoryLanes(), arguments));

  private Lanes memoryLanes() {
    return MemoryAdapter.storage(new MemorySettings(10, 1 << 20), clock).lanes().orElseThrow();
  }

  private boolean arrange(SubscriptionName name, Optional<?> ordering) {
    calls.add(name + (ordering.isPresent() ? " ordered" : " plain"));
    return --stepsLeft > 0;
  }

  private long version(SubscriptionCache cache) {
    return isChangedElsewhere ? -1 : cache.current().version();
  }

  private LaneArranger arranger(SubscriptionCache cache) {
    return new LaneArranger(Optional.of(lanes), cache::current, () -> version(cache), clock);
  }

  @Test
  void orderedSubscription_isPendingUntilTheStorageHasArrangedIt() {
    LaneArranger arranger = arranger(Samples.cacheOf(clock, Samples.ordered("ledger", ORDERING)));
    stepsLeft = 25;

    assertThat(arranger.pending()).containsExactly(LEDGER);
    arranger.arrange();
    arranger.arrange();
    assertThat(arranger.pending()).containsExactly(LEDGER);
    arranger.arrange();

    assertThat(arranger.pending()).isEmpty();
    assertThat(calls).hasSize(25).containsOnly("ledger ordered");
  }

  @Test
  void arrangedLanes_areLookedAtAgainEveryTenSeconds() {
    LaneArranger arranger = arranger(Samples.cacheOf(clock, Samples.ordered("ledger", ORDERING)));
    arranger.arrange();
    arranger.arrange();
    assertThat(calls).hasSize(1);

    clock.advance(Duration.ofSeconds(10));
    arranger.arrange();

    assertThat(calls).hasSize(2);
    assertThat(arranger.pending()).isEmpty();
  }

  @Test
  void subscriptionWithoutOrdering_isClaimedAtOnceAndLookedAtOnce() {
    LaneArranger arranger =
        arranger(Samples.cacheOf(clock, Samples.delayed("ledger", Duration.ofSeconds(1))));

    assertThat(arranger.pending()).isEmpty();
    arranger.arrange();
    arranger.arrange();
    assertThat(calls).as("lanes may be left").containsExactly("ledger plain");
  }

  @Test
  void definitionThatAnotherNodeHasChanged_arrangesNothing() {
    LaneArranger arranger = arranger(Samples.cacheOf(clock, Samples.ordered("ledger", ORDERING)));
    isChangedElsewhere = true;

    arranger.arrange();

    assertThat(calls).isEmpty();
    assertThat(arranger.pending()).containsExactly(LEDGER);
  }

  @Test
  void storageWithoutLanes_keepsNothingBack() {
    SubscriptionCache cache = Samples.cacheOf(clock, Samples.ordered("ledger", ORDERING));
    var arranger = new LaneArranger(Optional.empty(), cache::current, () -> 0, clock);

    arranger.arrange();

    assertThat(arranger.pending()).isEmpty();
  }
}
