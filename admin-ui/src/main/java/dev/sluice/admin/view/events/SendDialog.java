package dev.sluice.admin.view.events;

import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.Notice;
import dev.sluice.admin.viewmodel.SendModel;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// The dialog that sends an event.
final class SendDialog {

  private SendDialog() {}

  static void open(ViewContext at) {
    if (!at.models().session().maySend()) {
      at.warn(at.models().session().whyNot().orElse("this key may not send events"));
      return;
    }
    SendModel model = at.models().newEvent();
    var fields = new GridPane(10, 8);
    var names = new ColumnConstraints();
    names.setMinWidth(80);
    var values = new ColumnConstraints();
    values.setHgrow(Priority.ALWAYS);
    fields.getColumnConstraints().setAll(names, values);
    field(fields, "Type", "send-type", model.type(), "order.paid");
    field(fields, "Id", "send-id", model.id(), "leave empty to generate one");
    field(fields, "Key", "send-key", model.key(), "ordering key, optional");
    field(fields, "Source", "send-source", model.source(), "");
    var payload = new TextArea();
    payload.setId("send-payload");
    payload.setPrefRowCount(10);
    payload.getStyleClass().add("mono");
    payload.setAccessibleText("Payload, any JSON value");
    payload.textProperty().bindBidirectional(model.payload());
    Label mistake = Controls.paragraph("", "mistake");
    mistake.textProperty().bind(model.mistake());
    var dialog = new Dialog("Send an event", 560);
    Button send = Controls.button("send-now", "Send", () -> send(at, model, dialog), "accent");
    send.disableProperty().bind(model.busy());
    dialog
        .with(fields, Controls.label("Payload", "card-title"), payload, mistake)
        .buttons(Controls.button("leave-send", "Cancel", at.overlay()::close), send);
    at.overlay().open(dialog, () -> {});
  }

  private static void field(
      GridPane fields, String title, String id, StringProperty value, String prompt) {
    var field = new TextField();
    field.setId(id);
    field.setPromptText(prompt);
    field.setAccessibleText(title);
    field.textProperty().bindBidirectional(value);
    fields.addRow(fields.getRowCount(), Controls.label(title, "muted"), field);
  }

  private static void send(ViewContext at, SendModel model, Dialog dialog) {
    model.send(
        id -> {
          boolean shown = dialog.getScene() != null;
          at.overlay().close(dialog);
          at.console().post(new Notice(Notice.Kind.DONE, id + " sent"));
          if (shown) {
            at.models().open(id);
          }
          at.models().events().refresh();
        });
  }
}
