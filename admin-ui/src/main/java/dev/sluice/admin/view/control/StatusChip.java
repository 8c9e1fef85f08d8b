package dev.sluice.admin.view.control;

import dev.sluice.admin.api.Status;
import javafx.scene.control.Label;

/// A status shown by word, icon and colour, never by colour alone.
public final class StatusChip extends Label {

  public StatusChip() {
    getStyleClass().add("chip");
  }

  public StatusChip(Status status) {
    this();
    show(status);
  }

  public void show(Status status) {
    if (!status.wireName().equals(getText())) {
      setText(status.wireName());
      setGraphic(Icons.of(Icons.of(status)));
      Controls.dress(this, "status-", "status-" + status.wireName());
    }
  }
}
