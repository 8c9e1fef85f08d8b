package dev.sluice.admin.view.subscription;

import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// Two parts of a page side by side; in a narrow window one below the other.
final class TwoColumns extends GridPane {

  private static final double SIDE_BY_SIDE = 880;

  TwoColumns(Region first, Region second) {
    setHgap(12);
    setVgap(12);
    add(first, 0, 0);
    first.setMaxHeight(Double.MAX_VALUE);
    second.setMaxHeight(Double.MAX_VALUE);
    place(second, false);
    widthProperty()
        .addListener((_, _, width) -> place(second, width.doubleValue() >= SIDE_BY_SIDE));
  }

  private void place(Region second, boolean beside) {
    int columns = beside ? 2 : 1;
    if (getColumnConstraints().size() == columns) {
      return;
    }
    getColumnConstraints().clear();
    for (int column = 0; column < columns; column++) {
      var constraints = new ColumnConstraints();
      constraints.setPercentWidth(100.0 / columns);
      constraints.setHgrow(Priority.ALWAYS);
      getColumnConstraints().add(constraints);
    }
    getChildren().remove(second);
    add(second, beside ? 1 : 0, beside ? 0 : 1);
  }
}
