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
    if (!status.wireName().equals(getText())) {
      setText(status.wireName());
      setGraphic(Icons.of(Icons.of(status)));
      Controls.dress(this, "status-", "status-" + status.wireName());
    }
  }
}
