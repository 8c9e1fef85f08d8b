package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Fault;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.events.BulkDialog;
import dev.sluice.admin.viewmodel.BackfillModel;
import dev.sluice.admin.viewmodel.BulkModel;
import dev.sluice.admin.viewmodel.FormField;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The dialog that asks which stored events a back-fill covers. The dialog of the bulk job follows
/// it, with the plan.
final class BackfillDialog {

  private static final double LABEL = 60;
  private static final double GAP = 8;

  private final ViewContext at;
  private final BackfillModel model;
  private final Map<FormField, TextInputControl> controls = new LinkedHashMap<>();

  private BackfillDialog(ViewContext at, BackfillModel model) {
    this.at = at;
    this.model = model;
  }

  static void open(ViewContext at, BackfillModel model) {
    var question = new BackfillDialog(at, model);
    at.overlay().open(question.dialog(), () -> {});
    question.focusProblem();
  }

  private Dialog dialog() {
    Button plan = Controls.button("plan-backfill", "Plan", this::plan, "accent");
    Label mistake = Controls.paragraph("", "mistake");
    mistake.textProperty().bind(model.mistake().map(Hints::capital));
    Controls.shownWhen(mistake, model.mistake().map(text -> !text.isEmpty()));
    var dialog =
        new Dialog("Back-fill " + model.subscription(), 560)
            .with(
                Controls.paragraph(
                    "Delivers stored events that match the subscription and have no delivery in"
                        + " it. The plan says how many; nothing starts before you confirm it.",
                    "muted"),
                row("Since", time("backfill-since", "from the oldest stored event"), model.since()),
                row("Until", time("backfill-until", "to the newest"), model.until()),
                Controls.paragraph(
                    "Times at which the events occurred, such as 2026-03-14T09:30:00Z.", "muted"),
                row("Filter", filter(), model.filter()),
                mistake)
            .buttons(Controls.button("leave-backfill", "Cancel", at.overlay()::close), plan);
    dialog.setId("backfill-dialog");
    return dialog;
  }

  private TextField time(String id, String prompt) {
    var field = new TextField();
    field.setId(id);
    field.setPromptText(prompt);
    field.setOnAction(_ -> plan());
    return field;
  }

  private static TextArea filter() {
    var area = new TextArea();
    area.setId("backfill-filter");
    area.setPromptText("Optional: {\"payload\": {\"country\": [\"DE\"]}}");
    area.setPrefRowCount(4);
    area.addEventFilter(KeyEvent.KEY_PRESSED, FieldView::leaveWithTab);
    return area;
  }

  /// Creates a row of the question; below the control is what is wrong with it.
  private Node row(String title, TextInputControl control, FormField field) {
    controls.put(field, control);
    control.setAccessibleText(title);
    control.getStyleClass().add("mono");
    control.textProperty().bindBidirectional(field.text());
    Label label = Controls.label(title, "muted");
    label.setMinWidth(LABEL);
    label.setLabelFor(control);
    HBox row = Controls.row(GAP, label, Controls.grow(control));
    if (control instanceof TextArea) {
      row.setAlignment(Pos.TOP_LEFT);
      label.setPadding(new Insets(8, 0, 0, 0));
    }
    Label problem = Controls.paragraph("", "mistake");
    problem.setId(control.getId() + "-problem");
    problem.textProperty().bind(field.problem().map(Hints::capital));
    Controls.shownWhen(problem, field.problem().map(text -> !text.isEmpty()));
    VBox.setMargin(problem, new Insets(0, 0, 0, LABEL + GAP));
    control.accessibleHelpProperty().bind(field.problem());
    return Controls.column(3, row, problem);
  }

  private void plan() {
    model.plan().ifPresentOrElse(this::showPlan, this::focusProblem);
  }

  private void focusProblem() {
    controls.entrySet().stream()
        .filter(entry -> !entry.getKey().problem().get().isEmpty())
        .findFirst()
        .ifPresent(entry -> entry.getValue().requestFocus());
  }

  private void showPlan(BulkModel bulk) {
    boolean isRefused =
        bulk.stage().get() instanceof BulkModel.Stage.Failed(Fault fault) && model.reject(fault);
    if (isRefused) {
      focusProblem();
      return;
    }
    at.overlay().close();
    BulkDialog.open(at, bulk, this::isAskedAgain);
  }

  /// Returns to the question when the service refuses what was typed in it.
  private boolean isAskedAgain(Fault fault) {
    boolean isTyped = model.reject(fault);
    if (isTyped) {
      at.overlay().close();
      open(at, model);
    }
    return isTyped;
  }
}
