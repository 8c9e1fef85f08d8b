package dev.sluice.admin.view;

import dev.sluice.admin.api.Stats;
import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.Texts;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Stored events by status: a bar of their shares, and the numbers below, each a way to the events.
final class StateBar extends VBox {

  /// Smallest share that is still seen, in pixels.
  private static final double SMALLEST = 4;

  private final HBox bar = new HBox(2);
  private final FlowPane numbers = new FlowPane(6, 6);
  private final Consumer<Status> leadsTo;

  StateBar(Consumer<Status> leadsTo) {
    super(8);
    this.leadsTo = leadsTo;
    bar.getStyleClass().add("state-bar");
    getChildren().addAll(bar, numbers);
    bar.setMinHeight(10);
    bar.setPrefHeight(10);
  }

  void show(Stats stats) {
    long stored = stats.stored();
    bar.getChildren().clear();
    numbers.getChildren().clear();
    for (Status status : Status.known()) {
      long count = stats.count(status);
      if (count > 0) {
        bar.getChildren().add(share(status, count, stored));
      }
      numbers.getChildren().add(number(status, count));
    }
  }

  private Region share(Status status, long count, long stored) {
    var share = new Region();
    share.getStyleClass().addAll("state-share", "share-" + status.wireName());
    share.setMinWidth(SMALLEST);
    share.prefWidthProperty().bind(widthProperty().multiply((double) count / stored));
    Tooltip.install(share, new Tooltip(status.wireName() + ": " + Texts.count(count)));
    return share;
  }

  private Button number(Status status, long count) {
    Button button =
        Controls.button(
            "count-" + status.wireName(),
            status.wireName() + "  " + Texts.count(count),
            () -> leadsTo.accept(status),
            "flat",
            "state-number",
            "status-" + status.wireName());
    button.setGraphic(Icons.of(Icons.of(status)));
    return button;
  }
}
