package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Stats;
import dev.sluice.admin.model.Tile;
import dev.sluice.admin.model.TypeNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Model of the overview screen.
public final class OverviewModel implements ScreenLifecycle {

  private static final Duration FIGURES = Duration.ofSeconds(1);
  private static final int WORST_TYPES = 6;

  private final Session session;
  private final Polled<Stats> stats;
  private final ChartsModel charts;
  private final ReadOnlyObjectWrapper<List<Tile>> tiles = new ReadOnlyObjectWrapper<>(List.of());
  private final OverviewTiles overviewTiles = new OverviewTiles();

  /// An event type with its number of dead letters.
  public record FailingType(String name, long failed) {}

  OverviewModel(Session session) {
    this.session = session;
    this.stats = session.polled(FIGURES, session.client()::stats);
    this.charts = ChartsModel.ofAll(session);
    stats
        .value()
        .addListener(
            (_, _, now) -> {
              if (now != null) {
                figuresChanged(now);
              }
            });
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

  /// Returns the charts of throughput and latency.
  public ChartsModel charts() {
    return charts;
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

  @Override
  public void show() {
    stats.show();
    charts.show();
  }

  @Override
  public void hide() {
    stats.hide();
    charts.hide();
  }

  @Override
  public void refresh() {
    stats.refresh();
    charts.refresh();
  }

  @Override
  public Optional<Instant> asOf() {
    return stats.asOf().get();
  }

  @Override
  public void close() {
    stats.close();
    charts.close();
  }
}
