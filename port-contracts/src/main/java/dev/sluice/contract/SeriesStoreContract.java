package dev.sluice.contract;

import static dev.sluice.contract.FigureSamples.slice;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.port.SeriesStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The promises of [SeriesStore].
public interface SeriesStoreContract {

  /// The start of the first slice in these tests.
  Instant BEGIN = Instant.parse("2026-01-02T03:00:00Z");

  /// Returns a new, empty store.
  SeriesStore newSeries();

  private static List<Slice> read(SeriesStore store, Tier tier, Instant from, Instant to) {
    var slices = new ArrayList<Slice>();
    store.read(tier, from, to, slices::add);
    return slices;
  }

  private static List<Slice> all(SeriesStore store, Tier tier) {
    return read(store, tier, Instant.EPOCH, BEGIN.plusSeconds(1_000_000));
  }

  private static Slice at(int seconds, String node) {
    return slice(Tier.TEN_SECONDS, BEGIN.plusSeconds(seconds), node, seconds);
  }

  @Test
  default void whatWasPut_isReadAsItWas() {
    SeriesStore store = newSeries();
    assertThat(all(store, Tier.TEN_SECONDS)).isEmpty();

    store.put(List.of(at(0, "a")));

    assertThat(all(store, Tier.TEN_SECONDS)).containsExactly(at(0, "a"));
  }

  @Test
  default void sliceWithEverySubscription_isReadAsItWas() {
    SeriesStore store = newSeries();
    Map<String, Totals> names =
        IntStream.rangeClosed(0, Slice.MAX_SUBSCRIPTIONS)
            .boxed()
            .collect(toMap("a-b_c.%060d"::formatted, name -> new Totals(name, 1, 2, 3)));
    Slice most = counted(Optional.of(FigureSamples.breakdown(names)));

    store.put(List.of(most));

    assertThat(all(store, Tier.MINUTE)).containsExactly(most);
  }

  private static Slice counted(Optional<Breakdown> bySubscription) {
    return slice(Tier.MINUTE, BEGIN, "a", new Totals(1, 2, 3, 4), bySubscription);
  }

  @Test
  default void sliceThatWasNotCountedBySubscription_staysSo() {
    SeriesStore store = newSeries();
    store.put(List.of(counted(Optional.empty())));

    assertThat(all(store, Tier.MINUTE)).containsExactly(counted(Optional.empty()));
  }

  @Test
  default void laterState_takesThePlaceOfTheEarlierOne() {
    SeriesStore store = newSeries();
    store.put(List.of(slice(Tier.MINUTE, BEGIN, "a", 1), slice(Tier.MINUTE, BEGIN, "b", 1)));

    store.put(List.of(slice(Tier.MINUTE, BEGIN, "a", 5)));

    assertThat(all(store, Tier.MINUTE))
        .containsExactly(slice(Tier.MINUTE, BEGIN, "a", 5), slice(Tier.MINUTE, BEGIN, "b", 1));
  }

  @Test
  default void tiers_areKeptApart() {
    SeriesStore store = newSeries();
    for (Tier tier : Tier.values()) {
      store.put(List.of(slice(tier, BEGIN, "a", tier.length().toSeconds())));
    }

    for (Tier tier : Tier.values()) {
      assertThat(all(store, tier))
          .containsExactly(slice(tier, BEGIN, "a", tier.length().toSeconds()));
    }
  }

  @Test
  default void slices_areInTheOrderOfTimeAndNode() {
    SeriesStore store = newSeries();
    store.put(List.of(at(20, "a"), at(0, "b"), at(10, "c"), at(10, "a"), at(0, "a")));

    assertThat(all(store, Tier.TEN_SECONDS))
        .containsExactly(at(0, "a"), at(0, "b"), at(10, "a"), at(10, "c"), at(20, "a"));
  }

  @Test
  default void range_includesItsBeginAndExcludesItsEnd() {
    SeriesStore store = newSeries();
    store.put(List.of(at(0, "a"), at(10, "a"), at(20, "a"), at(30, "a")));

    assertThat(read(store, Tier.TEN_SECONDS, BEGIN.plusSeconds(10), BEGIN.plusSeconds(30)))
        .containsExactly(at(10, "a"), at(20, "a"));
  }

  @Test
  default void manySlices_areAllRead() {
    SeriesStore store = newSeries();
    List<Slice> many =
        IntStream.range(0, 1_400)
            .mapToObj(number -> at(number / 2 * 10, number % 2 == 0 ? "a" : "b"))
            .toList();
    store.put(many);

    assertThat(all(store, Tier.TEN_SECONDS)).containsExactlyElementsOf(many);
  }

  @Test
  default void oldSlices_areForgottenFirstAndUpToTheLimit() {
    SeriesStore store = newSeries();
    store.put(List.of(at(0, "a"), at(0, "b"), at(10, "a"), at(20, "a")));
    store.put(List.of(slice(Tier.MINUTE, BEGIN, "a", 1)));

    assertThat(store.forget(Tier.TEN_SECONDS, BEGIN.plusSeconds(20), 2)).isEqualTo(2);
    assertThat(all(store, Tier.TEN_SECONDS)).containsExactly(at(10, "a"), at(20, "a"));
    assertThat(store.forget(Tier.TEN_SECONDS, BEGIN.plusSeconds(20), 2)).isEqualTo(1);

    assertThat(all(store, Tier.TEN_SECONDS)).containsExactly(at(20, "a"));
    assertThat(all(store, Tier.MINUTE)).hasSize(1);
  }
}
