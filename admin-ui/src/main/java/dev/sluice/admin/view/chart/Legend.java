package dev.sluice.admin.view.chart;

import dev.sluice.admin.view.control.Controls;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.shape.Line;

/// Legend of a chart, with the values at the time under the pointer, or the last ones.
final class Legend extends FlowPane {

  private final DoubleFunction<String> scale;
  private final List<String> names;
  private final List<Label> values = new ArrayList<>();

  /// @param names names of the lines
  /// @param classes style classes, one for each line
  Legend(DoubleFunction<String> scale, List<String> names, List<String> classes) {
    super(14, 2);
    this.scale = scale;
    this.names = List.copyOf(names);
    getStyleClass().add("legend");
    for (int line = 0; line < names.size(); line++) {
      var sample = new Line(0, 0, 18, 0);
      sample.getStyleClass().addAll("chart-line", classes.get(line));
      Label value = Controls.label("", "mono", "legend-value");
      values.add(value);
      getChildren().add(Controls.row(6, sample, name(names.get(line)), value));
    }
  }

  private static Label name(String text) {
    Label name = Controls.label(text, "muted");
    name.setMinWidth(USE_PREF_SIZE);
    return name;
  }

  void show(List<double[]> lines, int place) {
    for (int line = 0; line < values.size(); line++) {
      boolean known = line < lines.size() && place >= 0 && place < lines.get(line).length;
      double value = known ? lines.get(line)[place] : Double.NaN;
      values.get(line).setText(Double.isNaN(value) ? "–" : scale.apply(value));
    }
  }

  /// Returns the text for screen readers.
  String spoken() {
    var text = new StringBuilder();
    for (int line = 0; line < values.size(); line++) {
      text.append(names.get(line)).append(' ').append(values.get(line).getText()).append(". ");
    }
    return text.toString().strip();
  }
}
