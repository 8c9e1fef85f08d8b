package dev.sluice.admin.view.chart;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;

/// The recent history of a number, without axes. The bottom is zero.
public final class Sparkline extends Region {

  private final Path line = new Path();
  private List<Double> values = List.of();

  public Sparkline() {
    getStyleClass().add("sparkline");
    line.getStyleClass().add("sparkline-line");
    line.setManaged(false);
    getChildren().add(line);
    setMinHeight(24);
    setPrefHeight(28);
    setMouseTransparent(true);
  }

  public void show(List<Double> course) {
    if (!course.equals(values)) {
      values = course;
      setNeedsLayout(true);
    }
  }

  @Override
  protected void layoutChildren() {
    double top = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    List<PathElement> elements = new ArrayList<>();
    double width = getWidth();
    double height = getHeight() - 2;
    for (int place = 0; values.size() > 1 && place < values.size(); place++) {
      double x = width * place / (values.size() - 1);
      double y = top <= 0 ? height : height - height * values.get(place) / top;
      elements.add(place == 0 ? new MoveTo(x, y + 1) : new LineTo(x, y + 1));
    }
    line.getElements().setAll(elements);
  }
}
