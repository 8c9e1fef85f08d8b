package dev.sluice.admin.view.overview;

import dev.sluice.admin.model.Tile;
import dev.sluice.admin.view.chart.Sparkline;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.LayoutBoundary;
import java.util.Locale;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A number with its history, which links to the events behind it.
final class TileView extends Button {

  private final Label title = Controls.label("", "tile-title");
  private final Label value = Controls.label("–", "tile-value");
  private final Label unit = Controls.label("", "tile-unit");
  private final LayoutBoundary number;
  private final Sparkline course = new Sparkline();

  private final String keys;

  TileView(String keys) {
    this.keys = keys;
    getStyleClass().addAll("tile", "flat");
    setAccessibleRole(AccessibleRole.HYPERLINK);
    var row = new HBox(3, value, unit);
    row.getStyleClass().add("tile-number");
    number = new LayoutBoundary(row);
    var content = new VBox(2, title, number, course);
    content.setFillWidth(true);
    setGraphic(content);
    setContentDisplay(javafx.scene.control.ContentDisplay.GRAPHIC_ONLY);
    setMaxWidth(Double.MAX_VALUE);
    content.prefWidthProperty().bind(widthProperty().subtract(26));
    HBox.setHgrow(this, Priority.ALWAYS);
  }

  void show(Tile tile, Runnable leadsTo) {
    title.setText(tile.title());
    number.change(
        () -> {
          value.setText(tile.value());
          unit.setText(tile.unit());
        });
    course.show(tile.course());
    Controls.dress(this, "tone-", "tone-" + tile.tone().name().toLowerCase(Locale.ROOT));
    setAccessibleText(tile.spoken());
    if (getTooltip() == null) {
      Keys.on(this, keys, tile.leadsTo().map(query -> "Events: " + query).orElse("Dead letters"));
    }
    setOnAction(_ -> leadsTo.run());
  }
}
