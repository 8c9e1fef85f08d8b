package dev.sluice.admin.view.subscription;

import dev.sluice.admin.view.control.Choices;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.SecretRotation;
import dev.sluice.admin.viewmodel.SecretRotation.Grace;
import dev.sluice.admin.viewmodel.SecretRotation.Stage;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;

/// The dialog that asks before a signing secret is replaced.
final class RotateDialog {

  private final ViewContext at;
  private final SecretRotation model;
  private final Dialog dialog;
  private final ChoiceBox<Grace> grace = new ChoiceBox<>();
  private boolean isClosed;

  private RotateDialog(ViewContext at, SecretRotation model) {
    this.at = at;
    this.model = model;
    this.dialog = new Dialog("Rotate the signing secret of " + model.name() + "?", 520);
    dialog.setId("rotate-dialog");
    grace.setId("rotate-grace");
    grace.getItems().setAll(Grace.values());
    grace.setConverter(Choices.named(Grace::title));
    grace.setValue(Grace.DAY);
    grace.setAccessibleText("How long the previous secret stays valid");
    Keys.on(grace, "Alt+L", "How long the previous secret stays valid");
  }

  static void open(ViewContext at, SecretRotation model) {
    var opened = new RotateDialog(at, model);
    model.stage().addListener((_, _, _) -> opened.show());
    opened.show();
    at.overlay().open(opened.dialog, () -> opened.isClosed = true);
  }

  private void show() {
    if (isClosed) {
      report();
      return;
    }
    switch (model.stage().get()) {
      case Stage.Asking() -> ask();
      case Stage.Rotating() -> fill("Replacing the secret …");
      case Stage.Failed(String why) -> fill(Hints.capital(why) + ".");
      case Stage.Over() -> at.overlay().close(dialog);
    }
  }

  /// Reports a failure that would be lost with the closed dialog. A new secret is shown anyway.
  private void report() {
    if (model.stage().get() instanceof Stage.Failed(String why)) {
      at.warn("The signing secret of " + model.name() + " was not replaced: " + why);
    }
  }

  private void ask() {
    Label label = Controls.label("The previous secret stays valid", "muted");
    label.setLabelFor(grace);
    offer(
        new Node[] {
          Controls.paragraph(
              "The service makes a new secret and signs every request with it from now on. For the"
                  + " time below, it also signs with the previous secret, so that you can change the"
                  + " receiver meanwhile.",
              "muted"),
          Controls.row(8, label, grace)
        },
        leave("Keep the secret"),
        Controls.button(
            "confirm-rotate", "Rotate", () -> model.rotate(grace.getValue()), "danger"));
  }

  private void fill(String text) {
    offer(new Node[] {Controls.paragraph(text, "muted")}, leave("Close"));
  }

  private Button leave(String text) {
    return Controls.button("keep-secret", text, at.overlay()::close);
  }

  /// Replaces content and buttons. The focus goes to the button that changes nothing.
  private void offer(Node[] content, Button... buttons) {
    dialog.with(content);
    dialog.buttons(buttons);
    buttons[0].requestFocus();
  }
}
