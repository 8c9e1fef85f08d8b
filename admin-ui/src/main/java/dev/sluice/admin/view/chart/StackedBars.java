package dev.sluice.admin.view.chart;

import dev.sluice.admin.model.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/// Counts in equal steps of time, one bar a step, with a part for each kind of what is counted.
final class StackedBars extends Region {

  /// No bar is under the pointer.
  static final int NONE = -1;

  private static final double LEFT = 52;
  private static final double RIGHT = 10;
  private static final double TOP = 10;
  private static final double BOTTOM = 20;
  private static final int LEVELS = 2;

  /// A single count must be seen beside hundreds.
  private static final double LOWEST_PART = 2;

  private final Function<Instant, String> clock;
  private final IntegerProperty pointed = new SimpleIntegerProperty(NONE);
  private final List<Line> levels = new ArrayList<>();
  private final List<Text> levelTexts = new ArrayList<>();
  private final List<Path> parts = new ArrayList<>();
  private final Rectangle pointer = new Rectangle();
  private final Text first = new Text();
  private final Text last = new Text();
  private Bars bars = Bars.NONE;

  /// @param clock formats the times at which the axis begins and ends
  /// @param names style classes, one for each part of a bar, from the bottom
  StackedBars(Function<Instant, String> clock, List<String> names) {
    this.clock = clock;
    getStyleClass().add("stacked-bars");
    add(pointer, "chart-drag").setVisible(false);
    for (int level = 0; level <= LEVELS; level++) {
      levels.add(add(new Line(), level == 0 ? "chart-axis" : "chart-grid"));
      Text text = add(new Text(), "chart-text");
      text.setTextOrigin(VPos.CENTER);
      levelTexts.add(text);
    }
    names.forEach(name -> parts.add(add(new Path(), name, "stacked-bar")));
    add(first, "chart-text");
    add(last, "chart-text");
    setMinHeight(100);
    setPrefHeight(110);
    pointed.addListener((_, _, _) -> showPointer());
    setOnMouseMoved(event -> pointed.set(placeAt(event.getX())));
    setOnMouseExited(_ -> pointed.set(NONE));
  }

  /// Adds an unmanaged node, so that drawing does not trigger another layout.
  private <T extends Node> T add(T node, String... classes) {
    node.getStyleClass().addAll(classes);
    node.setManaged(false);
    node.setMouseTransparent(true);
    getChildren().add(node);
    return node;
  }

  /// Returns the index of the bar under the pointer, or [#NONE].
  IntegerProperty pointed() {
    return pointed;
  }

  void show(Bars now) {
    bars = now;
    setNeedsLayout(true);
  }

  /// Returns the largest sum of a bar, rounded up to an even number, because half of it is a level.
  static int top(Bars bars) {
    int most = 0;
    for (int place = 0; place < bars.length(); place++) {
      most = Math.max(most, bars.sum(place));
    }
    return Math.max(LEVELS, most + most % LEVELS);
  }

  @Override
  protected void layoutChildren() {
    int top = top(bars);
    drawLevels(top);
    drawTimes();
    List<List<PathElement>> drawn = new ArrayList<>();
    parts.forEach(_ -> drawn.add(new ArrayList<>()));
    for (int place = 0; place < bars.length(); place++) {
      double base = base();
      for (int part = 0; part < parts.size(); part++) {
        int count = bars.count(part, place);
        if (count > 0) {
          double upper = base - Math.max(LOWEST_PART, Math.rint(height() * count / top));
          drawn.get(part).addAll(box(x(place), x(place + 1) - 1, upper, base));
          base = upper;
        }
      }
    }
    for (int part = 0; part < parts.size(); part++) {
      parts.get(part).getElements().setAll(drawn.get(part));
    }
    showPointer();
  }

  private static List<PathElement> box(double left, double right, double upper, double lower) {
    return List.of(
        new MoveTo(left, lower),
        new LineTo(left, upper),
        new LineTo(right, upper),
        new LineTo(right, lower),
        new ClosePath());
  }

  private void drawLevels(int top) {
    for (int level = 0; level <= LEVELS; level++) {
      double y = base() - Math.round(height() * level / LEVELS) + 0.5;
      Line line = levels.get(level);
      line.setStartX(LEFT);
      line.setEndX(getWidth() - RIGHT);
      line.setStartY(y);
      line.setEndY(y);
      Text text = levelTexts.get(level);
      text.setText(Texts.count((long) top * level / LEVELS));
      text.setX(LEFT - 8 - text.getLayoutBounds().getWidth());
      text.setY(y);
    }
  }

  private void drawTimes() {
    first.setText(clock.apply(bars.from()));
    first.setX(LEFT);
    first.setY(getHeight() - 5);
    last.setText(clock.apply(bars.until()));
    last.setX(Math.max(LEFT, getWidth() - RIGHT - last.getLayoutBounds().getWidth()));
    last.setY(getHeight() - 5);
  }

  private double height() {
    return Math.max(1, getHeight() - TOP - BOTTOM);
  }

  private double base() {
    return Math.round(TOP + height());
  }

  private double width() {
    return Math.max(1, getWidth() - LEFT - RIGHT);
  }

  private double x(int place) {
    return Math.round(LEFT + width() * place / Math.max(1, bars.length()));
  }

  private int placeAt(double x) {
    double share = (x - LEFT) / width();
    return share < 0 || share >= 1 || bars.length() == 0 ? NONE : (int) (share * bars.length());
  }

  private void showPointer() {
    int place = pointed.get();
    boolean seen = place >= 0 && place < bars.length();
    pointer.setVisible(seen);
    if (seen) {
      pointer.setX(x(place));
      pointer.setY(TOP);
      pointer.setWidth(Math.max(1, x(place + 1) - 1 - x(place)));
      pointer.setHeight(height());
    }
  }
}
