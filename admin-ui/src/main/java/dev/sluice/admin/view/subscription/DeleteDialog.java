package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.SubscriptionRequests.Deliveries;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.SubscriptionDeletion;
import dev.sluice.admin.viewmodel.SubscriptionDeletion.Stage;
import java.util.Optional;
import javafx.scene.control.Button;

/// The dialog that deletes a subscription: it asks first, and asks what becomes of unfinished
/// deliveries.
final class DeleteDialog {

  private final ViewContext at;
  private final SubscriptionDeletion model;
  private final Dialog dialog;
  private boolean isClosed;

  private DeleteDialog(ViewContext at, SubscriptionDeletion model) {
    this.at = at;
    this.model = model;
    this.dialog = new Dialog("Delete " + model.name() + "?", 520);
    dialog.setId("delete-dialog");
  }

  static void open(ViewContext at, SubscriptionDeletion model) {
    var opened = new DeleteDialog(at, model);
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
      case Stage.Deleting() -> fill("Deleting …", keep("Close"));
      case Stage.HasDeliveries(String count) -> askAboutDeliveries(count);
      case Stage.Failed(String why) -> fill(Hints.capital(why) + ".", keep("Close"));
      case Stage.Over() -> at.overlay().close(dialog);
    }
  }

  /// Reports what would be lost with the closed dialog.
  private void report() {
    switch (model.stage().get()) {
      case Stage.Failed(String why) -> at.warn(model.name() + " was not deleted: " + why);
      case Stage.HasDeliveries(String count) ->
          at.warn(model.name() + " was not deleted; unfinished deliveries: " + count);
      case Stage.Asking(), Stage.Deleting(), Stage.Over() -> {}
    }
  }

  private void ask() {
    fill(
        "It will get no more events. Its history is kept, and its name can be used again.",
        keep("Keep it"),
        Controls.button(
            "confirm-delete", "Delete", () -> model.delete(Optional.empty()), "danger"));
  }

  private void askAboutDeliveries(String count) {
    Button finish =
        Controls.button(
            "finish-deliveries", "Finish them", () -> model.delete(Optional.of(Deliveries.FINISH)));
    Keys.on(finish, "F", "Delete the subscription and finish its deliveries");
    Button cancel =
        Controls.button(
            "cancel-deliveries",
            "Cancel them",
            () -> model.delete(Optional.of(Deliveries.CANCEL)),
            "danger");
    Keys.on(cancel, "C", "Delete the subscription and cancel its waiting deliveries");
    dialog.with(
        Controls.paragraph("Unfinished deliveries: " + count, "plan-count"),
        Controls.paragraph(
            """
            Finish them: they are processed to their end, with retries.
            Cancel them: those that wait are cancelled; attempts in progress finish.
            Keep the subscription: nothing changes.\
            """,
            "muted"));
    offer(keep("Keep the subscription"), finish, cancel);
  }

  private Button keep(String text) {
    return Controls.button("keep-subscription", text, at.overlay()::close);
  }

  private void fill(String text, Button... buttons) {
    dialog.with(Controls.paragraph(text, "muted"));
    offer(buttons);
  }

  /// Replaces the buttons. The focus goes to the one that changes nothing: it was on a button that
  /// is gone.
  private void offer(Button... buttons) {
    dialog.buttons(buttons);
    buttons[0].requestFocus();
  }
}
