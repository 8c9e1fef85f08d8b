package dev.sluice.admin.view.chart;

import dev.sluice.admin.view.control.Columns;
import dev.sluice.admin.view.control.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;

/// The values of the charts as a table, newest first: an accessible alternative to the lines.
final class SeriesTable extends StackPane {

  private final Times times;
  private final TableView<Integer> table;
  private ChartData chartData;

  SeriesTable(Times times, List<Chart> charts) {
    this.times = times;
    this.chartData = ChartData.none(charts);
    String spoken = charts.stream().map(Chart::spoken).collect(Collectors.joining(" and "));
    this.table = Columns.table("series-table", spoken + " over time");
    List<TableColumn<Integer, String>> columns = new ArrayList<>();
    columns.add(
        Columns.<Integer>fixed(
            "Time", 220, place -> times.fullTime(chartData.times().get(place)), "mono"));
    for (int chart = 0; chart < charts.size(); chart++) {
      for (int line = 0; line < charts.get(chart).lines().size(); line++) {
        columns.add(column(charts.get(chart), chart, line));
      }
    }
    table.getColumns().setAll(columns);
    getChildren().add(table);
    setPrefHeight(240);
  }

  private TableColumn<Integer, String> column(Chart chart, int index, int line) {
    return Columns.fixed(
        chart.lines().get(line).column(),
        100,
        place -> {
          double value = chartData.values().get(index).get(line)[place];
          return Double.isNaN(value) ? "–" : chart.scale().apply(value);
        },
        "number",
        "mono");
  }

  void show(ChartData now) {
    chartData = now;
    int last = now.times().size() - 1;
    table.getItems().setAll(IntStream.rangeClosed(0, last).mapToObj(i -> last - i).toList());
    table.setAccessibleHelp("Newest first, times in " + times.zone());
  }
}
