package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Processing;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Permissions;
import dev.sluice.admin.view.control.Redraw;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.SubscriptionsModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Whether processing runs on all nodes, with the button that pauses all of it.
final class ProcessingCard extends VBox {

  private final ViewContext at;
  private final SubscriptionsModel model;

  ProcessingCard(ViewContext at) {
    super(8);
    this.at = at;
    this.model = at.models().subscriptions();
    getStyleClass().add("card");
    model.processing().value().addListener((_, _, _) -> refresh());
    at.models().session().meta().addListener((_, _, _) -> refresh());
    refresh();
  }

  private void refresh() {
    model.processing().last().ifPresent(this::show);
  }

  private void show(Processing processing) {
    Label chip = Controls.label("", "chip");
    Facts.showRunning(chip, processing.paused());
    Label work =
        Controls.label(
            processing.inFlight() + " of " + processing.slots() + " slots in use", "muted");
    List<Node> lines = new ArrayList<>();
    lines.add(
        Controls.row(
            12,
            Controls.label("All processing, on all nodes", "card-title"),
            chip,
            work,
            Controls.spring(),
            Permissions.now(button(processing.paused() == null), at.models().session())));
    Facts.pauseText(processing.paused(), at.times())
        .ifPresent(text -> lines.add(Controls.paragraph(text, "pause-line")));
    Redraw.keepingFocus(this, lines);
  }

  private Button button(boolean runs) {
    Button button =
        runs
            ? Controls.button(
                "pause-all", "Pause", () -> PauseDialog.open(at, model, Optional.empty()), "small")
            : Controls.button(
                "resume-all", "Resume", () -> model.resume(Optional.empty()), "small", "accent");
    button.setGraphic(Icons.of(runs ? Feather.PAUSE : Feather.PLAY));
    return Keys.on(button, "Shift+P", button.getText() + " all processing");
  }
}
