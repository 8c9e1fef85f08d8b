package dev.sluice.admin.view.events;

import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Permissions;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.control.WeakListeners;
import dev.sluice.admin.viewmodel.EventModel;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.feather.Feather;

/// The actions on the open event.
final class EventActions extends FlowPane {

  private final ViewContext at;
  private final EventModel model;
  private final Button replay;
  private final Button edit;
  private final Button reschedule;
  private final Button cancel;
  private final Button discard;
  private final Tooltip reason = new Tooltip();

  EventActions(ViewContext at, EventModel model) {
    super(8, 8);
    this.at = at;
    this.model = model;
    this.replay = action(EventAction.REPLAY, Feather.ROTATE_CCW, "R", "Process it again");
    this.edit = Controls.button("event-edit", "Edit and replay", this::edit, "small");
    edit.setGraphic(Icons.of(Feather.EDIT_3));
    Keys.on(edit, "E", "Send a new event with a changed payload");
    this.reschedule = Controls.button("event-reschedule", "Reschedule", this::reschedule, "small");
    reschedule.setGraphic(Icons.of(Feather.CLOCK));
    Keys.on(reschedule, "L", "Begin its first attempt at another time");
    this.cancel = action(EventAction.CANCEL, Feather.SLASH, "C", "Stop processing this event");
    this.discard = action(EventAction.DISCARD, Feather.TRASH_2, "D", "Discard this dead letter");
    Button curl =
        Controls.button(
            "copy-curl",
            "Copy as curl",
            () -> at.copy("curl command", model.curl()),
            "small",
            "flat");
    curl.setGraphic(Icons.of(Feather.TERMINAL));
    Keys.on(curl, "Shortcut+Shift+C", "Copy a curl command that reads this event");
    getChildren().addAll(replay, edit, reschedule, cancel, discard, curl);
    model.busy().addListener((_, _, _) -> refresh());
    WeakListeners.listen(this, at.models().session().meta(), this::refresh);
    refresh();
  }

  private Button action(EventAction eventAction, Feather icon, String keys, String title) {
    Button button =
        Controls.button(
            "event-" + eventAction.wireName(),
            eventAction.title(),
            () -> act(eventAction),
            "small");
    button.setGraphic(Icons.of(icon));
    return Keys.on(button, keys, title);
  }

  /// Shows the actions that are possible now; none in a read-only profile.
  void refresh() {
    boolean offered = !at.models().session().profile().readOnly();
    set(replay, offered && mayOrUnknown(EventAction.REPLAY), model.can(EventAction.REPLAY));
    set(edit, offered, at.models().session().mayOperate() && model.detail().last().isPresent());
    set(reschedule, offered && model.canReschedule(), model.canReschedule());
    set(cancel, offered && mayOrUnknown(EventAction.CANCEL), model.can(EventAction.CANCEL));
    set(discard, offered && mayOrUnknown(EventAction.DISCARD), model.can(EventAction.DISCARD));
    Permissions.say(this, reason, at.models().session().whyNot());
  }

  private boolean mayOrUnknown(EventAction eventAction) {
    return model
        .detail()
        .last()
        .map(event -> eventAction.isPossible(event.history()))
        .orElse(eventAction == EventAction.REPLAY);
  }

  private void set(Button button, boolean shown, boolean enabled) {
    Controls.shown(button, shown);
    button.setDisable(!enabled || model.busy().get());
  }

  /// Runs an action. Asks for confirmation before it cancels or discards.
  void act(EventAction eventAction) {
    if (eventAction == EventAction.REPLAY || !model.can(eventAction)) {
      model.act(eventAction);
    } else {
      confirm(eventAction);
    }
  }

  private void confirm(EventAction eventAction) {
    Button yes =
        Controls.button(
            "confirm-action",
            eventAction.title(),
            () -> {
              at.overlay().close();
              model.act(eventAction);
            },
            "danger");
    Button no = Controls.button("refuse-action", "Keep it", at.overlay()::close);
    var dialog =
        new Dialog(eventAction.title() + " this event?", 420)
            .with(
                Controls.paragraph(model.id(), "mono"),
                Controls.paragraph("It will not be processed. You can replay it later.", "muted"))
            .buttons(no, yes);
    at.overlay().open(dialog, () -> {});
  }

  /// Asks for another time of the first attempt.
  void reschedule() {
    if (!model.canReschedule()) {
      at.warn(at.models().session().whyNot().orElse("an attempt of it was already started"));
      return;
    }
    var when = new TextField();
    when.setId("reschedule-when");
    when.setPromptText("10m, 12h, or 2026-12-24T08:00:00+01:00");
    when.setAccessibleText("Delay from now, or time");
    Label mistake = Controls.paragraph("", "mistake");
    var dialog = new Dialog("Reschedule this event", 480);
    Runnable move = () -> move(when.getText(), mistake, dialog);
    when.setOnAction(_ -> move.run());
    Button yes = Controls.button("confirm-reschedule", "Reschedule", move, "accent");
    yes.disableProperty().bind(model.busy());
    Button no = Controls.button("leave-reschedule", "Cancel", at.overlay()::close);
    dialog
        .with(
            Controls.paragraph(
                "Enter a delay from now, or a time. The deliveries of this event that were never"
                    + " attempted begin then; with 0s, at once.",
                "muted"),
            when,
            mistake)
        .buttons(no, yes);
    at.overlay().open(dialog, () -> {});
  }

  private void move(String when, Label mistake, Dialog dialog) {
    mistake.setText("");
    Consumer<String> refused = why -> mistake.setText(Hints.capital(why));
    model.reschedule(when, () -> at.overlay().close(dialog), refused).ifPresent(refused);
  }

  /// Opens the payload for editing.
  void edit() {
    Optional<String> payload = model.detail().last().flatMap(e -> Optional.ofNullable(e.payload()));
    if (!at.models().session().mayOperate() || payload.isEmpty()) {
      at.warn(at.models().session().whyNot().orElse("the payload is hidden from this key"));
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
            "Send as new event",
            () -> send(text.getText(), mistake, dialog),
            "accent");
    send.disableProperty().bind(model.busy());
    Button no = Controls.button("leave-edited", "Cancel", at.overlay()::close);
    dialog
        .with(
            Controls.paragraph(
                "The event "
                    + model.id()
                    + " stays unchanged. The new event refers to it as its origin.",
                "muted"),
            text,
            mistake)
        .buttons(no, send);
    at.overlay().open(dialog, () -> {});
  }

  /// Keeps the dialog open until the service accepts the event, so that a rejection does not lose
  /// the text.
  private void send(String payload, Label mistake, Dialog dialog) {
    mistake.setText("");
    Consumer<String> refused = why -> mistake.setText(Hints.capital(why));
    model
        .replayEdited(
            payload,
            id -> {
              at.overlay().close(dialog);
              openIfStillHere(id);
            },
            refused)
        .ifPresent(refused);
  }

  private void openIfStillHere(String id) {
    boolean here =
        at.models().open().get().map(event -> event.id().equals(model.id())).orElse(false);
    if (here) {
      at.models().open(id);
    }
  }
}
