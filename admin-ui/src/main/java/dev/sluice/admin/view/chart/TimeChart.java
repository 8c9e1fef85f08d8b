package dev.sluice.admin.view.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/// Lines over time, with gaps where there is no data. The pointer marks the same time in all charts
/// that share it; dragging selects a period.
final class TimeChart extends Region {

  private static final double LEFT = 52;
  private static final double RIGHT = 10;
  private static final double TOP = 8;
  private static final double BOTTOM = 20;
  private static final int LEVELS = 4;
  private static final int MOST_TIMES = 8;
  private static final double SHORTEST_DRAG = 5;

  private final DoubleFunction<String> scale;
  private final Function<Instant, String> clock;
  private final DoubleProperty pointed = new SimpleDoubleProperty(Double.NaN);
  private final List<Path> paths = new ArrayList<>();
  private final List<Line> levels = new ArrayList<>();
  private final List<Text> levelTexts = new ArrayList<>();
  private final List<Text> timeTexts = new ArrayList<>();
  private final Line pointer = new Line();
  private final Rectangle dragged = new Rectangle();
  private BiConsumer<Instant, Instant> chosen = (_, _) -> {};
  private List<double[]> values = List.of();
  private List<Instant> times = List.of();
  private double dragFrom = Double.NaN;

  /// @param scale formats a value of the vertical axis
  /// @param clock formats a time of the horizontal axis
  /// @param names style classes, one for each line
  TimeChart(DoubleFunction<String> scale, Function<Instant, String> clock, List<String> names) {
    this.scale = scale;
    this.clock = clock;
    getStyleClass().add("time-chart");
    addGround();
    for (String name : names) {
      paths.add(add(new Path(), "chart-line", name));
    }
    add(dragged, "chart-drag").setVisible(false);
    add(pointer, "chart-pointer").setVisible(false);
    setMinHeight(110);
    setPrefHeight(180);
    pointed.addListener((_, _, _) -> showPointer());
    setOnMouseMoved(event -> pointed.set(timeAt(event.getX())));
    setOnMouseExited(_ -> pointed.set(Double.NaN));
    setOnMousePressed(event -> dragFrom = event.getX());
    setOnMouseDragged(this::drag);
    setOnMouseReleased(this::drop);
  }

  private void addGround() {
    for (int level = 0; level <= LEVELS; level++) {
      levels.add(add(new Line(), level == 0 ? "chart-axis" : "chart-grid"));
      Text text = add(new Text(), "chart-text");
      text.setTextOrigin(VPos.CENTER);
      levelTexts.add(text);
    }
    for (int label = 0; label < MOST_TIMES; label++) {
      timeTexts.add(add(new Text(), "chart-text"));
    }
  }

  /// Adds an unmanaged node, so that drawing does not trigger another layout.
  private <T extends Node> T add(T node, String... classes) {
    node.getStyleClass().addAll(classes);
    node.setManaged(false);
    node.setMouseTransparent(true);
    getChildren().add(node);
    return node;
  }

  /// Returns the time under the pointer, in seconds since 1970; NaN if there is none.
  DoubleProperty pointed() {
    return pointed;
  }

  void onChoice(BiConsumer<Instant, Instant> listener) {
    chosen = listener;
  }

  /// Shows new values, one array for each line; NaN marks missing values.
  void show(List<Instant> at, List<double[]> lines) {
    times = at;
    values = lines;
    setNeedsLayout(true);
  }

  private double top() {
    double most = 0;
    for (double[] line : values) {
      for (double value : line) {
        most = Double.isNaN(value) ? most : Math.max(most, value);
      }
    }
    return roundUp(most);
  }

  /// Rounds up to a number whose quarters are round too.
  static double roundUp(double value) {
    if (value <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double factor : new double[] {1, 1.2, 1.6, 2, 2.4, 3.2, 4, 5, 6, 8, 10}) {
      if (value <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  @Override
  protected void layoutChildren() {
    double top = top();
    drawLevels(top);
    drawTimes();
    for (int line = 0; line < paths.size(); line++) {
      draw(paths.get(line), line < values.size() ? values.get(line) : new double[0], top);
    }
    showPointer();
  }

  private void drawLevels(double top) {
    for (int level = 0; level <= LEVELS; level++) {
      double y = y(top * level / LEVELS, top);
      Line line = levels.get(level);
      line.setStartX(LEFT);
      line.setEndX(getWidth() - RIGHT);
      line.setStartY(y);
      line.setEndY(y);
      Text text = levelTexts.get(level);
      text.setText(scale.apply(top * level / LEVELS));
      text.setX(LEFT - 8 - text.getLayoutBounds().getWidth());
      text.setY(y);
    }
  }

  private void drawTimes() {
    int labels = Math.clamp((long) (getWidth() / 130), 0, Math.min(MOST_TIMES, times.size()));
    for (int label = 0; label < MOST_TIMES; label++) {
      Text text = timeTexts.get(label);
      text.setVisible(label < labels);
      if (label < labels) {
        int place = labels == 1 ? 0 : label * (times.size() - 1) / (labels - 1);
        text.setText(clock.apply(times.get(place)));
        double length = text.getLayoutBounds().getWidth();
        double most = Math.max(LEFT, getWidth() - RIGHT - length);
        text.setX(Math.clamp(x(place) - length / 2, LEFT, most));
        text.setY(getHeight() - 5);
      }
    }
  }

  private void draw(Path path, double[] line, double top) {
    List<PathElement> elements = new ArrayList<>();
    boolean pen = false;
    for (int place = 0; place < line.length; place++) {
      if (Double.isNaN(line[place])) {
        pen = false;
      } else {
        double x = x(place);
        double y = y(line[place], top);
        elements.add(pen ? new LineTo(x, y) : new MoveTo(x, y));
        pen = true;
      }
    }
    path.getElements().setAll(elements);
  }

  private double width() {
    return Math.max(1, getWidth() - LEFT - RIGHT);
  }

  private double x(int place) {
    return LEFT + (times.size() < 2 ? 0 : width() * place / (times.size() - 1));
  }

  private double y(double value, double top) {
    double height = Math.max(1, getHeight() - TOP - BOTTOM);
    return Math.round(TOP + height - height * value / top) + 0.5;
  }

  private double timeAt(double x) {
    if (times.size() < 2) {
      return Double.NaN;
    }
    double share = Math.clamp((x - LEFT) / width(), 0, 1);
    double from = times.getFirst().getEpochSecond();
    return from + share * (times.getLast().getEpochSecond() - from);
  }

  private void showPointer() {
    boolean seen = !Double.isNaN(pointed.get()) && times.size() > 1;
    pointer.setVisible(seen);
    if (seen) {
      double from = times.getFirst().getEpochSecond();
      double length = times.getLast().getEpochSecond() - from;
      double x = Math.round(LEFT + width() * (pointed.get() - from) / length) + 0.5;
      pointer.setStartX(x);
      pointer.setEndX(x);
      pointer.setStartY(TOP);
      pointer.setEndY(getHeight() - BOTTOM);
    }
  }

  private void drag(MouseEvent event) {
    if (Double.isNaN(dragFrom)) {
      return;
    }
    double from = Math.max(LEFT, Math.min(dragFrom, event.getX()));
    double to = Math.min(getWidth() - RIGHT, Math.max(dragFrom, event.getX()));
    dragged.setX(from);
    dragged.setY(TOP);
    dragged.setWidth(Math.max(0, to - from));
    dragged.setHeight(getHeight() - TOP - BOTTOM);
    dragged.setVisible(true);
    pointed.set(timeAt(event.getX()));
  }

  private void drop(MouseEvent event) {
    double from = Math.min(dragFrom, event.getX());
    double to = Math.max(dragFrom, event.getX());
    dragFrom = Double.NaN;
    dragged.setVisible(false);
    if (to - from >= SHORTEST_DRAG && times.size() > 1) {
      chosen.accept(
          Instant.ofEpochSecond((long) timeAt(from)), Instant.ofEpochSecond((long) timeAt(to)));
    }
  }
}
