package dev.sluice.admin.view.chart;

import dev.sluice.admin.api.Series;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.ChartsModel;
import dev.sluice.admin.viewmodel.Polled;
import dev.sluice.admin.viewmodel.Range;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.DoubleProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Charts over the same time range, or a table with their values.
public final class ChartsView extends VBox {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAYS =
      DateTimeFormatter.ofPattern("MMM d HH:mm", Locale.ENGLISH);

  private static final String AMONG_OTHERS =
      "Parts of these charts are unknown: so many subscriptions are active that a node counted this"
          + " one together with others.";

  private final ViewContext at;
  private final ChartsModel model;
  private final List<Chart> charts;
  private final List<ChartCard> cards;
  private final SeriesTable table;
  private final Label pointedTime = Controls.label("", "muted", "mono");
  private final Label note = Controls.paragraph(AMONG_OTHERS, "muted");
  private final StackPane failure = new StackPane();
  private ChartData chartData;

  /// @param charts what to show, from left to right
  public ChartsView(ViewContext at, ChartsModel model, List<Chart> charts) {
    super(10);
    this.at = at;
    this.model = model;
    this.charts = List.copyOf(charts);
    this.chartData = ChartData.none(charts);
    this.cards = charts.stream().map(chart -> new ChartCard(chart, this::clock)).toList();
    this.table = new SeriesTable(at.times(), charts);
    cards.forEach(this::connect);
    pointed().addListener((_, _, _) -> showValues());
    var row = new HBox(12);
    cards.forEach(card -> row.getChildren().add(Controls.grow(card)));
    note.setId("charts-note");
    getChildren().addAll(head(row), failure, note, Controls.grow(row), Controls.grow(table));
    Controls.shown(table, false);
    Controls.shown(note, false);
    model.series().addListener((_, _, polled) -> follow(polled));
    follow(model.series().get());
  }

  /// The pointer marks the same time in all charts.
  private void connect(ChartCard card) {
    if (card != cards.getFirst()) {
      card.lines().pointed().bindBidirectional(pointed());
    }
    card.lines().onChoice((from, to) -> at.console().showEvents(model.events(from, to)));
  }

  private DoubleProperty pointed() {
    return cards.getFirst().lines().pointed();
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
    chartData =
        polled.last().map(now -> ChartData.of(charts, now)).orElseGet(() -> ChartData.none(charts));
    Controls.shown(note, polled.last().filter(Series::isAmongOthers).isPresent());
    draw();
    showValues();
  }

  /// Updates only the chosen view: an invisible table would still do all its work.
  private void draw() {
    if (table.isVisible()) {
      table.show(chartData);
      return;
    }
    for (int chart = 0; chart < cards.size(); chart++) {
      cards.get(chart).draw(chartData.times(), chartData.values().get(chart));
    }
  }

  private void showValues() {
    double second = pointed().get();
    int place = chartData.placeOf(second);
    for (int chart = 0; chart < cards.size(); chart++) {
      cards.get(chart).showValues(chartData.values().get(chart), place);
    }
    boolean shown = !Double.isNaN(second) && place >= 0;
    pointedTime.setText(shown ? at.times().fullTime(chartData.times().get(place)) : "");
  }
}
