package dev.sluice.admin.view;

import dev.sluice.admin.api.Status;
import javafx.scene.control.Label;

/// A status by word, icon and colour: never by colour alone.
final class StatusChip extends Label {

  StatusChip() {
    getStyleClass().add("chip");
  }

  StatusChip(Status status) {
    this();
    show(status);
  }

  void show(Status status) {
    setText(status.wireName());
    setGraphic(Icons.of(Icons.of(status)));
    getStyleClass().removeIf(name -> name.startsWith("status-"));
    getStyleClass().add("status-" + status.wireName());
  }
}
