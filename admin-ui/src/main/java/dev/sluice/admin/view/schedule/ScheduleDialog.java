package dev.sluice.admin.view.schedule;

import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.ScheduleForm;
import dev.sluice.admin.viewmodel.ScheduleForm.Input;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// The dialog that creates or changes a schedule.
final class ScheduleDialog {

  private static final List<Input> FIELDS =
      List.of(
          Input.NAME,
          Input.CRON,
          Input.TIME_ZONE,
          Input.CATCH_UP,
          Input.TYPE,
          Input.KEY,
          Input.SOURCE,
          Input.SUBJECT,
          Input.PRIORITY);

  private ScheduleDialog() {}

  static void open(ViewContext at, ScheduleForm form) {
    var fields = new GridPane(10, 8);
    var names = new ColumnConstraints();
    names.setMinWidth(90);
    var values = new ColumnConstraints();
    values.setHgrow(Priority.ALWAYS);
    fields.getColumnConstraints().setAll(names, values);
    FIELDS.forEach(
        input ->
            fields.addRow(
                fields.getRowCount(), Controls.label(input.title(), "muted"), field(form, input)));
    var enabled = new CheckBox("Enabled");
    enabled.setId("schedule-enabled");
    enabled.selectedProperty().bindBidirectional(form.enabled());
    Keys.on(enabled, "Alt+E", "Enabled: ticks get events");
    Label mistake = Controls.paragraph("", "mistake");
    mistake.textProperty().bind(form.mistake());
    String title = form.isNew() ? "New schedule" : "Change " + form.text(Input.NAME).get();
    var dialog = new Dialog(title, 560);
    Button save =
        Controls.button(
            "save-schedule", "Save", () -> form.save(() -> at.overlay().close(dialog)), "accent");
    save.disableProperty().bind(form.busy());
    dialog
        .with(fields, Controls.label("Payload", "card-title"), payload(form), enabled, mistake)
        .buttons(Controls.button("leave-schedule", "Cancel", at.overlay()::close), save);
    at.overlay().open(dialog, () -> {});
  }

  private static String id(Input input) {
    return "schedule-" + input.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Node field(ScheduleForm form, Input input) {
    if (input == Input.CATCH_UP) {
      return catchUp(form);
    }
    var field = new TextField();
    field.setId(id(input));
    field.setPromptText(input.prompt());
    field.setAccessibleText(input.title());
    field.textProperty().bindBidirectional(form.text(input));
    field.setDisable(input == Input.NAME && !form.isNew());
    return field;
  }

  private static ChoiceBox<String> catchUp(ScheduleForm form) {
    var choice = new ChoiceBox<String>();
    choice.setId(id(Input.CATCH_UP));
    choice.getItems().setAll("none", "last", "all");
    choice.valueProperty().bindBidirectional(form.text(Input.CATCH_UP));
    choice.setAccessibleText("Which missed ticks still get their events");
    Keys.on(choice, "Alt+C", "Which missed ticks still get their events");
    return choice;
  }

  private static TextArea payload(ScheduleForm form) {
    var area = new TextArea();
    area.setId(id(Input.PAYLOAD));
    area.setPrefRowCount(6);
    area.getStyleClass().add("mono");
    area.setAccessibleText("Payload, any JSON value");
    area.textProperty().bindBidirectional(form.text(Input.PAYLOAD));
    return area;
  }
}
