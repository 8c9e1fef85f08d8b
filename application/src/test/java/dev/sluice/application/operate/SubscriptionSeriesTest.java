package dev.sluice.application.operate;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.FigureSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.Transitions;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Tier;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The history of a single subscription.
final class SubscriptionSeriesTest {

  private static final Duration STEP = Duration.ofSeconds(10);

  private static final FailureCause CAUSE =
      new FailureCause(FailureCause.Kind.TIMEOUT, "Timeout", "took too long");

  /// The start of the slice of ten seconds in which the test begins.
  private static final Instant FIRST = Instant.parse("2026-01-02T03:04:00Z");

  private final StorageFixture storage = Samples.storage();
  private final SettableClock clock = storage.clock();
  private final Statistics statistics = new Statistics(clock);
  private final SeriesStore store = MemoryAdapter.series();
  private final SeriesRecorder recorder =
      new SeriesRecorder(
          store,
          new WorkerId("here"),
          statistics,
          new CachedCounts(storage.events(), clock),
          clock);
  private final SeriesReader reader = new SeriesReader(store, clock);

  private void settle(String subscription, Resolution resolution) {
    statistics.onTransition(
        Transitions.settled(new EventType("a"), new SubscriptionName(subscription), resolution));
  }

  private void put(String node, Optional<Breakdown> bySubscription) {
    store.put(
        List.of(FigureSamples.slice(Tier.TEN_SECONDS, FIRST, node, Totals.NONE, bySubscription)));
  }

  private static Optional<Breakdown> done(String... names) {
    return Optional.of(
        FigureSamples.breakdown(
            Stream.of(names).collect(toMap(name -> name, _ -> new Totals(0, 10, 0, 0)))));
  }

  private Series read(String subscription) {
    clock.advance(STEP);
    return reader.read(
        SeriesRange.of(FIRST, FIRST.plus(STEP), Optional.of(STEP), clock.instant()),
        new SeriesScope.OfSubscription(new SubscriptionName(subscription)));
  }

  private static Optional<Rates> first(Series series) {
    return series.points().getFirst().rates();
  }

  @Test
  void attempts_areCountedForTheirSubscription() {
    settle("billing", Resolution.COMPLETE);
    settle("billing", new Resolution.Retry(FIRST.plusSeconds(60), CAUSE));
    settle("billing", new Resolution.DeadLetter(CAUSE));
    settle("search", Resolution.COMPLETE);
    clock.advance(STEP);
    recorder.finish();

    assertThat(first(read("billing"))).contains(new Rates("step", 0, 0.1, 0.1, 0.1));
    assertThat(first(read("search"))).contains(new Rates("step", 0, 0.1, 0, 0));
    assertThat(first(read("idle"))).contains(new Rates("step", 0, 0, 0, 0));
  }

  @Test
  void nodes_areAddedUp() {
    put("a", done("billing"));
    put("b", done("billing", "search"));

    assertThat(first(read("billing")).map(Rates::completed)).contains(2.0);
    assertThat(read("billing").isAmongOthers()).isFalse();
  }

  @Test
  void subscriptionThatMayBeAmongOthers_isUnknownAndSaysSo() {
    put("a", done("billing", Breakdown.OTHER));

    assertThat(first(read("search"))).isEmpty();
    assertThat(read("search").isAmongOthers()).isTrue();
    assertThat(read("billing").isAmongOthers()).isFalse();
  }

  @Test
  void sliceOfAVersionThatDidNotCountBySubscription_isUnknown() {
    put("a", done("billing"));
    put("older", Optional.empty());

    assertThat(first(read("billing"))).isEmpty();
    assertThat(read("billing").isAmongOthers()).isFalse();
  }
}
