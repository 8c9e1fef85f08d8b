package dev.sluice.admin.view;

import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;

/// The recent course of a number, without axes: zero is at the bottom.
final class Sparkline extends Region {

  private final Path line = new Path();
  private List<Double> values = List.of();

  Sparkline() {
    getStyleClass().add("sparkline");
    line.getStyleClass().add("sparkline-line");
    line.setManaged(false);
    getChildren().add(line);
    setMinHeight(24);
    setPrefHeight(28);
    setMouseTransparent(true);
  }

  void show(List<Double> course) {
    values = course;
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double top = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    line.getElements().clear();
    if (values.size() < 2) {
      return;
    }
    double width = getWidth();
    double height = getHeight() - 2;
    for (int place = 0; place < values.size(); place++) {
      double x = width * place / (values.size() - 1);
      double y = top <= 0 ? height : height - height * values.get(place) / top;
      line.getElements().add(place == 0 ? new MoveTo(x, y + 1) : new LineTo(x, y + 1));
    }
  }
}
