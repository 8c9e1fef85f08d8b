package dev.sluice.admin.view.overview;

import dev.sluice.admin.api.Stats;
import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/// Stored events by status: a bar of their shares, and below it the counts, each a link to the
/// events.
final class StateBar extends VBox {

  private final ShareBar bar = new ShareBar();
  private final FlowPane numbers = new FlowPane(6, 6);
  private final Map<Status, Button> buttons = new EnumMap<>(Status.class);
  private final Consumer<Status> leadsTo;

  StateBar(Consumer<Status> leadsTo) {
    super(8);
    this.leadsTo = leadsTo;
    Status.known().forEach(status -> buttons.put(status, number(status)));
    numbers.getChildren().setAll(buttons.values());
    getChildren().addAll(bar, numbers);
  }

  void show(Stats stats) {
    bar.show(Status.known().stream().map(status -> share(status, stats.count(status))).toList());
    buttons.forEach((status, button) -> button.setText(text(status, stats.count(status))));
  }

  private static ShareBar.Share share(Status status, long count) {
    return new ShareBar.Share(
        "share-" + status.wireName(), count, status.wireName() + ": " + Texts.count(count));
  }

  private Button number(Status status) {
    Button button =
        Controls.button(
            "count-" + status.wireName(),
            text(status, 0),
            () -> leadsTo.accept(status),
            "flat",
            "state-number",
            "status-" + status.wireName());
    button.setGraphic(Icons.of(Icons.of(status)));
    Keys.link(button, "Events with status " + status.wireName());
    button.accessibleTextProperty().bind(button.textProperty());
    return button;
  }

  private static String text(Status status, long count) {
    return status.wireName() + "  " + Texts.count(count);
  }
}
