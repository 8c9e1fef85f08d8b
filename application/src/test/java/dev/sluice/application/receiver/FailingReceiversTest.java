package dev.sluice.application.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.PlainFilters;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.operate.Series;
import dev.sluice.application.operate.SeriesRange;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FailingReceiversTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final Duration LIMIT = Duration.ofDays(5);
  private static final int STEPS = 20;

  private final SettableClock clock = new SettableClock();
  private final Map<SubscriptionName, String> paused = new HashMap<>();
  private final List<Optional<Rates>> rates = new ArrayList<>();
  private Map<String, Integer> recent = Map.of("2xx", 0, "5xx", 7);
  private boolean isPaused;
  private boolean isAmongOthers;
  private final FailingReceivers receivers;

  FailingReceiversTest() {
    receivers = receivers(Samples.cacheOf(clock, Samples.to("mail", "order.*")), clock);
    IntStream.range(0, STEPS).forEach(_ -> rates.add(Optional.of(failed(1))));
    clock.advance(LIMIT.plusDays(1));
  }

  private FailingReceivers receivers(SubscriptionCache cache, TimeSource time) {
    return new FailingReceivers(
        new FailingReceivers.Dependencies(
            cache::current,
            _ -> Optional.of(view()),
            () -> isPaused ? Set.of(MAIL) : Set.of(),
            (_, range) -> series(range),
            paused::put),
        LIMIT,
        time);
  }

  private ReceiverView view() {
    return new ReceiverView(
        ReceiverView.State.OPEN, Optional.empty(), "", 4, 0, recent, Optional.empty());
  }

  private Series series(SeriesRange range) {
    List<Series.Point> points =
        rates.stream()
            .map(one -> new Series.Point(range.from(), one, Optional.empty(), Slice.Times.NONE))
            .toList();
    return new Series(range.from(), range.to(), range.step(), points, isAmongOthers);
  }

  private static Rates failed(double perSecond) {
    return new Rates("6h", 0, 0, 0, perSecond);
  }

  private void check() {
    receivers.checkWhenDue();
    clock.advance(Duration.ofMinutes(11));
  }

  @Test
  void receiverThatFailedForDays_isPausedWithTheReason() {
    check();

    assertThat(paused).containsOnlyKeys(MAIL);
    assertThat(paused.get(MAIL)).contains("failed for 5 days").contains("resume");
  }

  @Test
  void oneSuccessInTheTime_isEnough() {
    rates.set(9, Optional.of(new Rates("6h", 0, 0.001, 0, 1)));

    check();

    assertThat(paused).isEmpty();
  }

  @Test
  void failuresThatBeganLater_areTolerated() {
    IntStream.range(0, 5).forEach(step -> rates.set(step, Optional.of(failed(0))));

    check();

    assertThat(paused).isEmpty();
  }

  @Test
  void failuresThatEnded_areTolerated() {
    IntStream.range(STEPS - 5, STEPS).forEach(step -> rates.set(step, Optional.empty()));

    check();

    assertThat(paused).isEmpty();
  }

  @Test
  void receiverWhoseLastRequestsSucceeded_isNotChecked() {
    recent = Map.of("2xx", 1, "5xx", 199);

    check();

    assertThat(paused).isEmpty();
  }

  @Test
  void subscriptionThatIsCountedAmongOthers_isNotPaused() {
    isAmongOthers = true;

    check();

    assertThat(paused).isEmpty();
  }

  @Test
  void resumedSubscription_getsTheWholeTimeAgain() {
    isPaused = true;
    check();
    isPaused = false;
    check();

    assertThat(paused).isEmpty();

    clock.advance(LIMIT);
    check();

    assertThat(paused).containsOnlyKeys(MAIL);
  }

  @Test
  void subscriptionThatIsResumedBeforeTheNextCheck_getsTheWholeTimeAgain() {
    check();
    paused.clear();

    check();
    assertThat(paused).isEmpty();

    clock.advance(LIMIT);
    check();
    assertThat(paused).containsOnlyKeys(MAIL);
  }

  @Test
  void pauseBetweenTwoChecks_givesTheWholeTimeAgain() {
    recent = Map.of("2xx", 1);
    receivers.checkWhenDue();
    recent = Map.of("5xx", 7);
    clock.advance(Duration.ofMinutes(5));
    isPaused = true;
    receivers.checkWhenDue();
    isPaused = false;
    clock.advance(Duration.ofMinutes(6));

    check();

    assertThat(paused).isEmpty();
  }

  @Test
  void deletedSubscription_isForgotten() {
    SubscriptionStore store = MemoryAdapter.subscriptions();
    store.change(List.of(Samples.to("mail", "order.*")), "ann", SettableClock.START);
    var cache = new SubscriptionCache(store, Samples.BUILT_IN, PlainFilters.FORMAT, clock);
    cache.refresh();
    FailingReceivers checked = receivers(cache, clock);
    clock.advance(Duration.ofMinutes(11));
    checked.checkWhenDue();
    assertThat(checked.graces()).isOne();

    SubscriptionChange mail = Samples.to("mail", "order.*");
    var deleted =
        new SubscriptionChange(
            MAIL, mail.expected(), mail.definition(), Lifecycle.DELETED, mail.origin());
    store.change(List.of(deleted, Samples.to("young", "order.*")), "ann", clock.instant());
    cache.refresh();
    clock.advance(Duration.ofMinutes(11));
    checked.checkWhenDue();

    assertThat(checked.graces()).isZero();
  }

  @Test
  void subscriptionThatWasChangedMeanwhile_isNotPaused() {
    var young = new SettableClock();
    var never = receivers(Samples.cacheOf(young, Samples.to("mail", "order.*")), young);
    young.advance(Duration.ofDays(1));

    never.checkWhenDue();

    assertThat(paused).isEmpty();
  }
}
