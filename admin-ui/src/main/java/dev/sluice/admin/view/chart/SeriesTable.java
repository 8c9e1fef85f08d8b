package dev.sluice.admin.view.chart;

import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Columns;
import dev.sluice.admin.view.control.Times;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;

/// The values of the charts as a table, newest first: an accessible alternative to the lines.
final class SeriesTable extends StackPane {

  private final Times times;
  private final TableView<Integer> table =
      Columns.table("series-table", "Throughput and latency over time");
  private ChartData chartData = ChartData.NONE;

  SeriesTable(Times times) {
    this.times = times;
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.<Integer>fixed(
                    "Time", 220, place -> times.fullTime(chartData.times().get(place)), "mono"),
                number("Accepted/s", 0, Texts::rate),
                number("Processed/s", 1, Texts::rate),
                number("Failed/s", 2, Texts::rate),
                number("Retried/s", 3, Texts::rate),
                latency("p50", 0),
                latency("p95", 1),
                latency("p99", 2)));
    getChildren().add(table);
    setPrefHeight(240);
  }

  private javafx.scene.control.TableColumn<Integer, String> number(
      String title, int line, DoubleFunction<String> scale) {
    return Columns.fixed(
        title, 100, place -> text(chartData.rates().get(line)[place], scale), "number", "mono");
  }

  private javafx.scene.control.TableColumn<Integer, String> latency(String title, int line) {
    return Columns.fixed(
        title,
        100,
        place -> text(chartData.latencies().get(line)[place], Texts::seconds),
        "number",
        "mono");
  }

  private static String text(double value, DoubleFunction<String> scale) {
    return Double.isNaN(value) ? "–" : scale.apply(value);
  }

  void show(ChartData now) {
    chartData = now;
    int last = now.times().size() - 1;
    table.getItems().setAll(IntStream.rangeClosed(0, last).mapToObj(i -> last - i).toList());
    table.setAccessibleHelp("Newest first, times in " + times.zone());
  }
}
