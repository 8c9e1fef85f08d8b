package dev.sluice.admin.view;

import dev.sluice.admin.viewmodel.Deed;
import dev.sluice.admin.viewmodel.EventModel;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.feather.Feather;

/// What can be done to the event that is open.
final class EventActions extends FlowPane {

  private final Workplace at;
  private final EventModel model;
  private final Button replay;
  private final Button edit;
  private final Button cancel;
  private final Button discard;
  private final Tooltip reason = new Tooltip();

  EventActions(Workplace at, EventModel model) {
    super(8, 8);
    this.at = at;
    this.model = model;
    this.replay = action(Deed.REPLAY, Feather.ROTATE_CCW, "R", "Process it again");
    this.edit = Controls.button("event-edit", "Edit and replay", this::edit, "small");
    edit.setGraphic(Icons.of(Feather.EDIT_3));
    Keys.on(edit, "E", "Send a new event with a changed payload");
    this.cancel = action(Deed.CANCEL, Feather.SLASH, "C", "Take it out of the work");
    this.discard = action(Deed.DISCARD, Feather.TRASH_2, "D", "Give this dead letter up");
    Button curl =
        Controls.button(
            "copy-curl", "Copy as curl", () -> at.copy("curl line", model.curl()), "small", "flat");
    curl.setGraphic(Icons.of(Feather.TERMINAL));
    Keys.on(curl, "Shortcut+Shift+C", "Copy the request that shows it");
    getChildren().addAll(replay, edit, cancel, discard, curl);
    model.busy().addListener((_, _, _) -> refresh());
    Lasting.listen(this, at.desk().session().meta(), this::refresh);
    refresh();
  }

  private Button action(Deed deed, Feather icon, String keys, String title) {
    Button button =
        Controls.button("event-" + deed.wireName(), deed.title(), () -> act(deed), "small");
    button.setGraphic(Icons.of(icon));
    return Keys.on(button, keys, title);
  }

  /// Offers what can be done now. A profile that is read-only shows none of it.
  void refresh() {
    boolean offered = !at.desk().session().profile().readOnly();
    set(replay, offered && mayOrUnknown(Deed.REPLAY), model.can(Deed.REPLAY));
    set(edit, offered, at.desk().session().mayOperate() && model.detail().last().isPresent());
    set(cancel, offered && mayOrUnknown(Deed.CANCEL), model.can(Deed.CANCEL));
    set(discard, offered && mayOrUnknown(Deed.DISCARD), model.can(Deed.DISCARD));
    Permissions.say(this, reason, at.desk().session().whyNot());
  }

  private boolean mayOrUnknown(Deed deed) {
    return model
        .detail()
        .last()
        .map(event -> deed.isPossible(event.history().status()))
        .orElse(deed == Deed.REPLAY);
  }

  private void set(Button button, boolean shown, boolean enabled) {
    Controls.shown(button, shown);
    button.setDisable(!enabled || model.busy().get());
  }

  /// Does it; asks before what ends an event's way.
  void act(Deed deed) {
    if (deed == Deed.REPLAY || !model.can(deed)) {
      model.act(deed);
    } else {
      confirm(deed);
    }
  }

  private void confirm(Deed deed) {
    Button yes =
        Controls.button(
            "confirm-deed",
            deed.title(),
            () -> {
              at.overlay().close();
              model.act(deed);
            },
            "danger");
    Button no = Controls.button("refuse-deed", "Keep it", at.overlay()::close);
    var dialog =
        new Dialog(deed.title() + " this event?", 420)
            .with(
                Controls.paragraph(model.id(), "mono"),
                Controls.paragraph(
                    "It will not be processed any more. A replay can bring it back.", "muted"))
            .buttons(no, yes);
    at.overlay().open(dialog, () -> {});
  }

  /// Opens its payload for a change.
  void edit() {
    Optional<String> payload = model.detail().last().flatMap(e -> Optional.ofNullable(e.payload()));
    if (!at.desk().session().mayOperate() || payload.isEmpty()) {
      at.warn(at.desk().session().whyNot().orElse("there is no payload to change: it is hidden"));
      return;
    }
    var text = new TextArea(payload.get());
    text.setId("edited-payload");
    text.getStyleClass().add("mono");
    text.setPrefRowCount(16);
    text.setAccessibleText("Payload of the new event");
    Label mistake = Controls.paragraph("", "mistake");
    var dialog = new Dialog("Edit and replay", 620);
    Button send =
        Controls.button(
            "send-edited",
            "Send as a new event",
            () -> send(text.getText(), mistake, dialog),
            "accent");
    send.disableProperty().bind(model.busy());
    Button no = Controls.button("leave-edited", "Leave", at.overlay()::close);
    dialog
        .with(
            Controls.paragraph(
                "The event "
                    + model.id()
                    + " stays as it is. A new one with this payload names it as its origin.",
                "muted"),
            text,
            mistake)
        .buttons(no, send);
    at.overlay().open(dialog, () -> {});
  }

  /// The dialog stays until the service has taken it: what was written is not lost with a refusal.
  private void send(String payload, Label mistake, Dialog dialog) {
    Optional<String> wrong =
        model.replayEdited(
            payload,
            id -> {
              at.overlay().close(dialog);
              openIfStillHere(id);
            },
            why -> mistake.setText(Hints.capital(why)));
    mistake.setText(wrong.map(Hints::capital).orElse(""));
  }

  private void openIfStillHere(String id) {
    boolean here = at.desk().open().get().map(event -> event.id().equals(model.id())).orElse(false);
    if (here) {
      at.desk().open(id);
    }
  }
}
