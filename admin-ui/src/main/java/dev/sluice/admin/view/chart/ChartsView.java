package dev.sluice.admin.view.chart;

import dev.sluice.admin.api.Series;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.OverviewModel;
import dev.sluice.admin.viewmodel.Polled;
import dev.sluice.admin.viewmodel.Range;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Throughput and latency over the same time range, as charts or as a table.
public final class ChartsView extends VBox {

  private static final List<String> RATES = List.of("accepted", "processed", "failed", "retried");
  private static final List<String> LATENCIES = List.of("p50", "p95", "p99");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAYS =
      DateTimeFormatter.ofPattern("MMM d HH:mm", Locale.ENGLISH);

  private final ViewContext at;
  private final OverviewModel model;
  private final Legend rateLegend;
  private final Legend latencyLegend;
  private final TimeChart rates;
  private final TimeChart latencies;
  private final SeriesTable table;
  private final Label pointedTime = Controls.label("", "muted", "mono");
  private final StackPane failure = new StackPane();
  private ChartData chartData = ChartData.NONE;

  public ChartsView(ViewContext at) {
    super(10);
    this.at = at;
    this.model = at.models().overview();
    this.rateLegend = new Legend(ChartsView::rate, RATES, classes("rate", RATES));
    this.latencyLegend = new Legend(Texts::seconds, LATENCIES, classes("latency", LATENCIES));
    this.rates = new TimeChart(ChartsView::rate, this::clock, classes("rate", RATES));
    this.latencies = new TimeChart(Texts::seconds, this::clock, classes("latency", LATENCIES));
    this.table = new SeriesTable(at.times());
    latencies.pointed().bindBidirectional(rates.pointed());
    rates.pointed().addListener((_, _, _) -> showValues());
    List.of(rates, latencies)
        .forEach(
            chart ->
                chart.onChoice(
                    (from, to) -> at.console().showEvents(OverviewModel.between(from, to))));
    var cards =
        new HBox(
            12,
            card("Throughput, per second", rateLegend, rates),
            card("Latency, accepted to done", latencyLegend, latencies));
    getChildren().addAll(head(cards), failure, Controls.grow(cards), Controls.grow(table));
    Controls.shown(table, false);
    model.series().addListener((_, _, polled) -> follow(polled));
    follow(model.series().get());
  }

  private static List<String> classes(String kind, List<String> names) {
    return names.stream().map(name -> kind + "-" + name).toList();
  }

  private static String rate(double value) {
    return Texts.rate(value);
  }

  private String clock(Instant time) {
    DateTimeFormatter format =
        switch (model.range().get()) {
          case FIVE_MINUTES -> SECONDS;
          case HOUR, DAY -> MINUTES;
          case WEEK -> DAYS;
        };
    return format.format(time.atZone(at.times().zone()));
  }

  private HBox head(Node cards) {
    var ranges = new HBox();
    ranges.getStyleClass().add("segments");
    var group = new ToggleGroup();
    for (Range range : Range.values()) {
      var button = new ToggleButton(range.title());
      button.setId("range-" + range.name().toLowerCase(Locale.ROOT));
      button.setToggleGroup(group);
      button.setSelected(range == model.range().get());
      button.setAccessibleText("Charts over " + range.title());
      Keys.on(button, "Shift+" + (ranges.getChildren().size() + 1), "Charts over " + range.title());
      button.setOnAction(
          _ -> {
            button.setSelected(true);
            model.range().set(range);
          });
      ranges.getChildren().add(button);
    }
    var asTable = new ToggleButton("Table");
    asTable.setId("charts-as-table");
    asTable.setAccessibleText("Show the charts as a table");
    Keys.on(asTable, "T", "Show the charts as a table");
    asTable.setOnAction(
        _ -> {
          Controls.shown(cards, !asTable.isSelected());
          Controls.shown(table, asTable.isSelected());
          draw();
        });
    return Controls.row(
        10,
        Controls.label("Over time", "title-4"),
        pointedTime,
        Controls.spring(),
        ranges,
        asTable);
  }

  private static VBox card(String title, Legend legend, TimeChart chart) {
    var card = new VBox(6, Controls.label(title, "card-title"), legend, Controls.grow(chart));
    card.getStyleClass().add("card");
    card.setMinWidth(0);
    card.setPrefWidth(100);
    return Controls.grow(card);
  }

  private void follow(Polled<Series> polled) {
    failure.getChildren().setAll(Hints.failure(polled, at));
    failure.managedProperty().bind(failure.getChildren().getFirst().visibleProperty());
    polled.value().addListener((_, _, _) -> show(polled));
    show(polled);
  }

  private void show(Polled<Series> polled) {
    if (polled != model.series().get()) {
      return;
    }
    chartData = polled.last().map(ChartData::of).orElse(ChartData.NONE);
    draw();
    showValues();
  }

  /// Updates only the chosen view: an invisible table would still do all its work.
  private void draw() {
    if (table.isVisible()) {
      table.show(chartData);
    } else {
      rates.show(chartData.times(), chartData.rates());
      latencies.show(chartData.times(), chartData.latencies());
    }
  }

  private void showValues() {
    double pointed = rates.pointed().get();
    int place = chartData.placeOf(pointed);
    rateLegend.show(chartData.rates(), place);
    latencyLegend.show(chartData.latencies(), place);
    boolean shown = !Double.isNaN(pointed) && place >= 0;
    pointedTime.setText(shown ? at.times().fullTime(chartData.times().get(place)) : "");
    rates.setAccessibleText("Throughput. " + rateLegend.spoken());
    latencies.setAccessibleText("Latency. " + latencyLegend.spoken());
  }
}
