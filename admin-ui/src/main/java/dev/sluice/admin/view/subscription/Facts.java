package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Pause;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Field;
import dev.sluice.admin.model.Term;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Times;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What several parts of the screen say about a subscription.
final class Facts {

  private Facts() {}

  static HBox fact(String name, String value) {
    return Controls.row(5, Controls.label(name, "muted"), Controls.label(value, "mono"));
  }

  /// Shows on a chip whether a subscription runs.
  static void showState(Label chip, Subscription subscription) {
    if (subscription.isActive()) {
      showRunning(chip, subscription.paused());
    } else {
      show(chip, subscription.state(), Feather.TRASH_2, "status-received");
    }
  }

  /// Shows on a chip whether processing runs.
  static void showRunning(Label chip, @Nullable Pause pause) {
    if (pause == null) {
      show(chip, "running", Feather.PLAY, "status-completed");
    } else {
      show(chip, "paused", Feather.PAUSE, "status-retrying");
    }
  }

  private static void show(Label chip, String text, Feather icon, String style) {
    if (!text.equals(chip.getText())) {
      chip.setText(text);
      chip.setGraphic(Icons.of(icon));
      Controls.dress(chip, "status-", style);
    }
  }

  /// Returns who paused processing, and why; empty while it runs.
  static Optional<String> pauseText(@Nullable Pause pause, Times times) {
    if (pause == null) {
      return Optional.empty();
    }
    String until =
        pause.until() == null ? "until resumed" : "until " + times.fullTime(pause.until());
    return Optional.of(
        "Paused by "
            + pause.by()
            + " at "
            + times.fullTime(pause.at())
            + ", "
            + until
            + ": "
            + pause.reason());
  }

  /// Returns the query for the events of a subscription.
  static EventQuery eventsOf(String subscription) {
    return new EventQuery(List.of(new Term(Field.SUBSCRIPTION, subscription)), List.of());
  }
}
