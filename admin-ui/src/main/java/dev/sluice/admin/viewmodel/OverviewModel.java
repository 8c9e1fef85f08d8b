package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Series;
import dev.sluice.admin.api.Stats;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Field;
import dev.sluice.admin.model.Term;
import dev.sluice.admin.model.TypeNames;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// Model of the overview screen.
public final class OverviewModel implements ScreenLifecycle {

  private static final Duration FIGURES = Duration.ofSeconds(1);
  private static final int WORST_TYPES = 6;

  private final Session session;
  private final Polled<Stats> stats;
  private final ObjectProperty<Range> range = new SimpleObjectProperty<>(Range.FIVE_MINUTES);
  private final ReadOnlyObjectWrapper<Polled<Series>> series = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<List<Tile>> tiles = new ReadOnlyObjectWrapper<>(List.of());
  private final OverviewTiles overviewTiles = new OverviewTiles();
  private boolean shown;

  /// An event type with its number of dead letters.
  public record FailingType(String name, long failed) {}

  OverviewModel(Session session) {
    this.session = session;
    this.stats = session.polled(FIGURES, session.client()::stats);
    this.series.set(newSeries());
    stats
        .value()
        .addListener(
            (_, _, now) -> {
              if (now != null) {
                figuresChanged(now);
              }
            });
    range.addListener((_, _, _) -> rangeChanged());
  }

  private Polled<Series> newSeries() {
    Range wanted = range.get();
    return session.polled(
        wanted.pace(), () -> session.client().series(wanted.from(), wanted.step()));
  }

  private void rangeChanged() {
    series.get().close();
    series.set(newSeries());
    if (shown) {
      series.get().show();
    }
  }

  private void figuresChanged(Stats now) {
    session.learn(TypeNames.in(now));
    overviewTiles.add(now);
    tiles.set(overviewTiles.tiles(now));
  }

  /// Returns counts, rates and latencies.
  public Polled<Stats> stats() {
    return stats;
  }

  /// Returns the overview tiles.
  public ReadOnlyObjectProperty<List<Tile>> tiles() {
    return tiles.getReadOnlyProperty();
  }

  /// Returns the time range of the charts.
  public ObjectProperty<Range> range() {
    return range;
  }

  /// Returns the values of the charts; each range has its own polled value.
  public ReadOnlyObjectProperty<Polled<Series>> series() {
    return series.getReadOnlyProperty();
  }

  /// Returns the types with the most dead letters since the counters started, highest first.
  public static List<FailingType> worstTypes(Stats stats) {
    return stats.byType().entrySet().stream()
        .filter(entry -> entry.getValue().failed() > 0 && !entry.getKey().equals(TypeNames.OTHERS))
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<String, Stats.Totals> entry) -> entry.getValue().failed())
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .limit(WORST_TYPES)
        .map(entry -> new FailingType(entry.getKey(), entry.getValue().failed()))
        .toList();
  }

  /// Returns the query for a period, in whole seconds.
  public static EventQuery between(Instant from, Instant to) {
    return new EventQuery(
        List.of(
            new Term(Field.SINCE, from.truncatedTo(ChronoUnit.SECONDS).toString()),
            new Term(Field.UNTIL, to.truncatedTo(ChronoUnit.SECONDS).toString())),
        List.of());
  }

  @Override
  public void show() {
    shown = true;
    stats.show();
    series.get().show();
  }

  @Override
  public void hide() {
    shown = false;
    stats.hide();
    series.get().hide();
  }

  @Override
  public void refresh() {
    stats.refresh();
    series.get().refresh();
  }

  @Override
  public Optional<Instant> asOf() {
    return stats.asOf().get();
  }

  @Override
  public void close() {
    stats.close();
    series.get().close();
  }
}
