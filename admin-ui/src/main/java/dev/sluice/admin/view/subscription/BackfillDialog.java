package dev.sluice.admin.view.subscription;

import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.events.BulkDialog;
import dev.sluice.admin.viewmodel.BackfillModel;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

/// The dialog that asks which stored events a back-fill covers. The dialog of the bulk job follows
/// it, with the plan.
final class BackfillDialog {

  private static final double LABEL = 60;

  private final ViewContext at;
  private final BackfillModel model;

  private BackfillDialog(ViewContext at, BackfillModel model) {
    this.at = at;
    this.model = model;
  }

  static void open(ViewContext at, BackfillModel model) {
    at.overlay().open(new BackfillDialog(at, model).dialog(), () -> {});
  }

  private Dialog dialog() {
    Button plan = Controls.button("plan-backfill", "Plan", this::plan, "accent");
    Label mistake = Controls.paragraph("", "mistake");
    mistake.textProperty().bind(model.mistake());
    Controls.shownWhen(mistake, model.mistake().map(text -> !text.isEmpty()));
    var dialog =
        new Dialog("Back-fill " + model.subscription(), 520)
            .with(
                Controls.paragraph(
                    "Delivers stored events that match the subscription and have no delivery in"
                        + " it. The plan says how many; nothing starts before you confirm it.",
                    "muted"),
                row("Since", "backfill-since", "from the oldest stored event", model.since()),
                row("Until", "backfill-until", "to the newest", model.until()),
                Controls.paragraph(
                    "Times at which the events occurred, such as 2026-03-14T09:30:00Z.", "muted"),
                mistake)
            .buttons(Controls.button("leave-backfill", "Cancel", at.overlay()::close), plan);
    dialog.setId("backfill-dialog");
    return dialog;
  }

  private Node row(String title, String id, String prompt, StringProperty text) {
    var field = new TextField();
    field.setId(id);
    field.setPromptText(prompt);
    field.setAccessibleText(title);
    field.getStyleClass().add("mono");
    field.textProperty().bindBidirectional(text);
    field.setOnAction(_ -> plan());
    Label label = Controls.label(title, "muted");
    label.setMinWidth(LABEL);
    label.setLabelFor(field);
    return Controls.row(8, label, Controls.grow(field));
  }

  private void plan() {
    model
        .plan()
        .ifPresent(
            bulk -> {
              at.overlay().close();
              BulkDialog.open(at, bulk);
            });
  }
}
