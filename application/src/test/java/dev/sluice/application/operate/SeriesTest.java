package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.FigureSamples;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.Transitions;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.port.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// How history is written and read.
final class SeriesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /// The start of the first slice of ten seconds, which is over four seconds after the test begins.
  private static final Instant FIRST = Instant.parse("2026-01-02T03:04:00Z");

  private final StorageFixture storage = Samples.storage();
  private final SettableClock clock = storage.clock();
  private final Statistics statistics = new Statistics(clock);
  private final CachedCounts counts = new CachedCounts(storage.events(), clock);
  private final CountingStore store = new CountingStore(MemoryAdapter.series());
  private final SeriesRecorder recorder =
      new SeriesRecorder(store, new WorkerId("here"), statistics, counts, clock);
  private final SeriesReader reader = new SeriesReader(store, clock);

  /// Counts reads, and fails to store slices while it is away.
  private static final class CountingStore implements SeriesStore {
    private final SeriesStore behind;
    private final AtomicInteger reads = new AtomicInteger();
    private boolean isAway;

    CountingStore(SeriesStore behind) {
      this.behind = behind;
    }

    @Override
    public void put(List<Slice> slices) {
      if (isAway) {
        throw new StoreUnavailableException("away");
      }
      behind.put(slices);
    }

    @Override
    public void read(Tier tier, Instant from, Instant to, Consumer<Slice> each) {
      reads.incrementAndGet();
      behind.read(tier, from, to, each);
    }

    @Override
    public int forget(Tier tier, Instant before, int limit) {
      return behind.forget(tier, before, limit);
    }
  }

  private void complete(String type, int count) {
    Event event = Events.event("e", type, SettableClock.START);
    for (int number = 0; number < count; number++) {
      statistics.onTransition(Transitions.accepted(event, 1));
      statistics.onTransition(
          Transitions.settled(event, Resolution.COMPLETE, SECOND, SECOND.multipliedBy(2)));
    }
  }

  private void pass(long seconds) {
    for (long second = 0; second < seconds; second++) {
      clock.advance(SECOND);
      statistics.tick();
      recorder.tick();
      recorder.writeWhenDue();
    }
  }

  private List<Slice> slices(Tier tier) {
    var slices = new ArrayList<Slice>();
    store.behind.read(tier, Instant.EPOCH, clock.instant().plusSeconds(7_200), slices::add);
    return slices;
  }

  private Series read(Duration ago, Duration step) {
    return read(ago, step, new SeriesScope.All());
  }

  private Series read(Duration ago, Duration step, SeriesScope scope) {
    Instant now = clock.instant();
    return reader.read(SeriesRange.of(now.minus(ago), now, Optional.of(step), now), scope);
  }

  @Test
  void everyTierUnderWay_isWrittenEveryTenSeconds() {
    complete("a", 6);
    pass(5);

    for (Tier tier : Tier.values()) {
      assertThat(slices(tier)).singleElement().satisfies(this::isFirst);
    }
    complete("a", 4);
    pass(10);

    assertThat(slices(Tier.TEN_SECONDS))
        .extracting(slice -> slice.totals().accepted())
        .containsExactly(6L, 4L);
    assertThat(slices(Tier.MINUTE))
        .extracting(slice -> slice.totals().accepted())
        .containsExactly(10L);
  }

  private void isFirst(Slice slice) {
    assertThat(slice.key().start()).isEqualTo(slice.key().tier().startOf(FIRST));
    assertThat(slice.until()).isBetween(FIRST.plusSeconds(10), FIRST.plusSeconds(11));
    assertThat(slice.totals()).isEqualTo(new Totals(6, 6, 0, 0));
    assertThat(slice.byType().totals()).containsExactly(Map.entry("a", slice.totals()));
    assertThat(slice.latencies().handler().percentile(0.5))
        .isBetween(SECOND, SECOND.plus(SECOND.dividedBy(8)));
  }

  @Test
  void minutes_areCutAtWholeMinutes() {
    complete("a", 1);
    pass(60);
    complete("a", 2);
    pass(65);

    assertThat(slices(Tier.MINUTE))
        .extracting(slice -> slice.totals().accepted())
        .containsExactly(1L, 2L, 0L);
    assertThat(slices(Tier.TEN_SECONDS)).hasSize(13);
  }

  @Test
  void whatCannotBeWritten_isWrittenLater() {
    store.isAway = true;
    complete("a", 1);
    clock.advance(Duration.ofSeconds(5));
    recorder.tick();
    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(recorder::writeWhenDue);
    clock.advance(Duration.ofSeconds(10));
    recorder.tick();
    store.isAway = false;

    pass(10);

    assertThat(slices(Tier.TEN_SECONDS))
        .extracting(slice -> slice.totals().accepted())
        .containsExactly(1L, 0L, 0L);
  }

  @Test
  void lastSeconds_areWrittenWhenTheNodeStops() {
    pass(5);
    complete("a", 3);
    clock.advance(SECOND);

    recorder.finish();

    assertThat(slices(Tier.TEN_SECONDS).getLast().totals().accepted()).isEqualTo(3);
    assertThat(slices(Tier.TEN_SECONDS).getLast().until()).isEqualTo(clock.instant());
  }

  @Test
  void oldSlices_areForgotten() {
    pass(10);
    clock.advance(Duration.ofHours(2));

    pass(61);

    assertThat(slices(Tier.TEN_SECONDS))
        .allSatisfy(slice -> assertThat(slice.key().start()).isAfter(FIRST.plusSeconds(3_600)));
    assertThat(slices(Tier.MINUTE)).hasSizeGreaterThan(1);
  }

  @Test
  void clockThatIsSetBack_goesOnWithTheTimeThatItShows() {
    pass(20);
    clock.advance(Duration.ofHours(-1));
    complete("a", 2);

    pass(10);

    assertThat(slices(Tier.TEN_SECONDS).getFirst().key().start())
        .isBetween(FIRST.minusSeconds(3_600), FIRST.minusSeconds(3_500));
    assertThat(slices(Tier.TEN_SECONDS))
        .extracting(slice -> slice.totals().accepted())
        .contains(2L);
  }

  @Test
  void load_isTheMostThatThereWas() {
    storage.append("e-1");
    storage.append("e-2");
    counts.refresh();
    pass(1);
    storage.settle(
        storage.queue().claim(StorageFixture.WORKER, QuotaSamples.upTo(1), SECOND).getFirst(),
        Resolution.COMPLETE);
    counts.refresh();
    pass(4);

    assertThat(slices(Tier.TEN_SECONDS).getFirst().backlog()).isEqualTo(2);
    pass(10);
    assertThat(slices(Tier.TEN_SECONDS).getLast().backlog()).isEqualTo(Slice.UNKNOWN);
  }

  @Test
  void points_areRatesAndGapsAreEmpty() {
    complete("a", 20);
    pass(5);
    clock.advance(Duration.ofSeconds(40));
    store.put(List.of(FigureSamples.slice(Tier.TEN_SECONDS, FIRST.plusSeconds(20), "x", 50)));

    Series series = read(Duration.ofSeconds(50), Duration.ofSeconds(10));

    assertThat(series.from()).isEqualTo(FIRST);
    assertThat(series.points())
        .extracting(point -> point.rates().map(Rates::accepted))
        .containsExactly(Optional.of(2.0), Optional.empty(), Optional.of(5.0), Optional.empty());
    assertThat(series.to()).isEqualTo(FIRST.plusSeconds(40));
    assertThat(series.points().get(1).load()).isEmpty();
    assertThat(series.points().get(2).load())
        .contains(new Series.Load(17, Duration.ofMillis(1_500)));
  }

  @Test
  void nodes_areAddedUp() {
    for (String node : List.of("a", "b")) {
      store.put(
          List.of(
              FigureSamples.slice(Tier.TEN_SECONDS, FIRST.minusSeconds(20), node, 100),
              FigureSamples.slice(Tier.TEN_SECONDS, FIRST.minusSeconds(10), node, 200)));
    }

    Series.Point point = read(Duration.ofSeconds(20), Duration.ofSeconds(30)).points().getFirst();

    assertThat(point.rates().orElseThrow().accepted()).isEqualTo(20);
    assertThat(point.times().accept().counts().values()).containsExactly(4L, 4L);
    assertThat(point.load()).contains(new Series.Load(17, Duration.ofMillis(1_500)));
  }

  @Test
  void stepUnderWay_countsAsFarAsItWasToldOf() {
    complete("a", 60);
    pass(35);

    Series series = read(Duration.ofMinutes(1), Duration.ofMinutes(1));

    assertThat(series.points().getLast().rates().orElseThrow().accepted()).isEqualTo(60 / 40.678);
  }

  @Test
  void type_isToldApartFromOthers() {
    complete("a", 30);
    complete("b", 10);
    pass(5);

    assertThat(rate("a")).contains(3.0);
    assertThat(rate("b")).contains(1.0);
    assertThat(rate("c")).contains(0.0);
  }

  @Test
  void typeThatMayBeAmongTheRest_isNotKnown() {
    for (int type = 0; type < Slice.MAX_TYPES; type++) {
      complete("busy-" + type, 10);
    }
    complete("rare-1", 1);
    complete("rare-2", 1);
    pass(5);

    assertThat(rate("busy-0")).contains(1.0);
    assertThat(rate("rare-1")).isEmpty();
    assertThat(rate("other")).contains(0.2);
  }

  private Optional<Double> rate(String type) {
    return read(Duration.ofSeconds(10), Duration.ofSeconds(10), new SeriesScope.OfType(type))
        .points()
        .getFirst()
        .rates()
        .map(Rates::accepted);
  }

  @Test
  void sameQuestion_isAskedOnceASecond() {
    for (int look = 0; look < 50; look++) {
      read(Duration.ofMinutes(5), Duration.ofSeconds(10));
    }
    assertThat(store.reads).hasValue(1);

    clock.advance(SECOND);
    read(Duration.ofMinutes(5), Duration.ofSeconds(10));
    assertThat(store.reads).hasValue(2);
  }
}
