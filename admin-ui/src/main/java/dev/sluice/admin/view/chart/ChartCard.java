package dev.sluice.admin.view.chart;

import dev.sluice.admin.view.control.Controls;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javafx.scene.layout.VBox;

/// A chart with its title and its legend.
final class ChartCard extends VBox {

  private final Chart chart;
  private final Legend legend;
  private final TimeChart lines;

  /// @param clock formats a time of the horizontal axis
  ChartCard(Chart chart, Function<Instant, String> clock) {
    super(6);
    this.chart = chart;
    this.legend = new Legend(chart.scale(), chart.names(), chart.styles());
    this.lines = new TimeChart(chart.scale(), clock, chart.styles());
    getStyleClass().add("card");
    getChildren().addAll(Controls.label(chart.title(), "card-title"), legend, Controls.grow(lines));
    setMinWidth(0);
    setPrefWidth(100);
  }

  TimeChart lines() {
    return lines;
  }

  void draw(List<Instant> times, List<double[]> values) {
    lines.show(times, values);
  }

  /// Shows the values of one point in the legend, and tells them to screen readers.
  void showValues(List<double[]> values, int place) {
    legend.show(values, place);
    lines.setAccessibleText(chart.spoken() + ". " + legend.spoken());
  }
}
