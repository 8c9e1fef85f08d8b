package dev.sluice.admin.view.events;

import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.EventModel;
import dev.sluice.admin.viewmodel.SelectionRun;
import dev.sluice.admin.viewmodel.SelectionRun.Progress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;

/// The dialog of an action on selected events: confirmation, progress, and a report with skipped
/// events.
final class SelectionDialog extends StackPane {

  private static final double WIDTH = 520;
  private static final int NAMED = 8;

  private final ViewContext at;
  private final EventAction eventAction;
  private final List<String> ids;
  private final Set<String> withoutFailed;
  private Optional<SelectionRun> running = Optional.empty();

  private SelectionDialog(
      ViewContext at, EventAction eventAction, Collection<String> ids, Set<String> withoutFailed) {
    this.at = at;
    this.eventAction = eventAction;
    this.ids = ids.stream().sorted().toList();
    this.withoutFailed = withoutFailed;
    setId("selection-dialog");
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    getChildren().setAll(question());
  }

  /// Opens the confirmation.
  ///
  /// @param withoutFailed ids of events that have no failed delivery: their replay means all
  ///   deliveries
  static void open(
      ViewContext at, EventAction eventAction, Collection<String> ids, Set<String> withoutFailed) {
    var dialog = new SelectionDialog(at, eventAction, ids, withoutFailed);
    at.overlay().open(dialog, () -> dialog.running.ifPresent(SelectionRun::stop));
  }

  private String title() {
    return eventAction.title()
        + " "
        + ids.size()
        + (ids.size() == 1 ? " event" : " selected events");
  }

  private Dialog question() {
    String named = String.join("\n", ids.stream().limit(NAMED).toList());
    String more = ids.size() > NAMED ? "\nand " + (ids.size() - NAMED) + " more" : "";
    Button yes =
        Controls.button(
            "run-selection",
            eventAction.title() + " " + ids.size(),
            this::run,
            eventAction == EventAction.REPLAY ? "accent" : "danger");
    var typed = new TextField();
    typed.setId("selection-confirm");
    typed.setPrefColumnCount(10);
    typed.setAccessibleText("Type " + ids.size() + " to confirm");
    Node confirm =
        Controls.row(
            8, Controls.label("This is production. Type " + ids.size() + ":", "bad"), typed);
    boolean mustType = ids.size() > 1 && at.models().session().isProduction();
    Controls.shown(confirm, mustType);
    if (mustType) {
      String number = Integer.toString(ids.size());
      yes.disableProperty().bind(typed.textProperty().map(text -> !text.strip().equals(number)));
    }
    return new Dialog(title(), WIDTH)
        .with(
            Controls.paragraph(named + more, "mono"),
            Controls.paragraph(
                "Events that change in the meantime are skipped and listed.", "muted"),
            confirm)
        .buttons(Controls.button("leave-selection", "Close", at.overlay()::close), yes);
  }

  private void run() {
    SelectionRun run = at.models().run(eventAction, ids, withoutFailed);
    running = Optional.of(run);
    var bar = new ProgressBar();
    bar.setMaxWidth(Double.MAX_VALUE);
    bar.progressProperty().bind(run.progress().map(Progress::share));
    Button stop = Controls.button("stop-selection", "Stop", run::stop, "danger");
    Keys.on(stop, "S", "Stop after this event");
    getChildren()
        .setAll(
            new Dialog(title(), WIDTH)
                .with(
                    bar,
                    Controls.label(
                        run.progress().map(now -> now.done() + " of " + now.all()), "mono"))
                .buttons(stop));
    stop.requestFocus();
    run.progress()
        .addListener(
            (_, _, now) -> {
              if (!now.isRunning()) {
                over(now);
              }
            });
    run.start();
  }

  private void over(Progress now) {
    getChildren().setAll(report(now));
    at.models().events().refresh();
    at.models().open().get().ifPresent(EventModel::refresh);
    if (getScene() == null) {
      // The dialog was closed, which stopped the run: show the result as a message.
      at.warn(now.done() + " of " + now.all() + " " + eventAction.done() + ", then stopped");
    }
  }

  private Dialog report(Progress now) {
    int left = now.all() - now.done() - now.skipped().size();
    String ended = now.ended().orElse("done");
    String text =
        now.done()
            + " "
            + eventAction.done()
            + ", "
            + now.skipped().size()
            + " skipped"
            + (left > 0 ? ", " + left + " left unchanged" : "")
            + ".";
    var dialog = new Dialog(title(), WIDTH);
    var skipped = new ListView<String>();
    skipped.getItems().setAll(now.skipped());
    skipped.setPrefHeight(120);
    skipped.setAccessibleText("Skipped events");
    Controls.shown(skipped, !now.skipped().isEmpty());
    return dialog
        .with(
            Controls.paragraph(text, "plan-count"),
            Controls.paragraph(ended.equals("done") ? "" : "Stopped early: " + ended, "mistake"),
            skipped)
        .buttons(Controls.button("close-selection", "Close", at.overlay()::close));
  }
}
