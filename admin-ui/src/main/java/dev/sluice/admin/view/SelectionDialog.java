package dev.sluice.admin.view;

import dev.sluice.admin.viewmodel.Deed;
import dev.sluice.admin.viewmodel.SelectionRun;
import dev.sluice.admin.viewmodel.SelectionRun.Progress;
import java.util.Collection;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.StackPane;

/// An action on marked events: asked for, done one by one, reported with what was skipped.
final class SelectionDialog extends StackPane {

  private static final double WIDTH = 520;
  private static final int NAMED = 8;

  private final Workplace at;
  private final Deed deed;
  private final List<String> ids;

  private SelectionDialog(Workplace at, Deed deed, Collection<String> ids) {
    this.at = at;
    this.deed = deed;
    this.ids = ids.stream().sorted().toList();
    setId("selection-dialog");
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    getChildren().setAll(question());
  }

  /// Asks before anything is done.
  static void open(Workplace at, Deed deed, Collection<String> ids) {
    at.overlay().open(new SelectionDialog(at, deed, ids), () -> {});
  }

  private String title() {
    return deed.title() + " " + ids.size() + (ids.size() == 1 ? " event" : " marked events");
  }

  private Dialog question() {
    String named = String.join("\n", ids.stream().limit(NAMED).toList());
    String more = ids.size() > NAMED ? "\nand " + (ids.size() - NAMED) + " more" : "";
    Button yes =
        Controls.button(
            "run-selection",
            deed.title() + " " + ids.size(),
            this::run,
            deed == Deed.REPLAY ? "accent" : "danger");
    return new Dialog(title(), WIDTH)
        .with(
            Controls.paragraph(named + more, "mono"),
            Controls.paragraph(
                "Those that changed in the meantime are skipped and named.", "muted"))
        .buttons(Controls.button("leave-selection", "Leave", at.overlay()::close), yes);
  }

  private void run() {
    SelectionRun run = at.desk().run(deed, ids);
    run.progress().addListener((_, _, now) -> show(run, now));
    show(run, run.progress().get());
    run.start();
  }

  private void show(SelectionRun run, Progress now) {
    if (!now.isRunning()) {
      getChildren().setAll(report(now));
      return;
    }
    var bar = new ProgressBar(now.share());
    bar.setMaxWidth(Double.MAX_VALUE);
    Button stop = Controls.button("stop-selection", "Stop", run::stop, "danger");
    getChildren()
        .setAll(
            new Dialog(title(), WIDTH)
                .with(bar, Controls.label(now.done() + " of " + now.all(), "mono"))
                .buttons(stop));
  }

  private Dialog report(Progress now) {
    int left = now.all() - now.done() - now.skipped().size();
    String ended = now.ended().orElse("done");
    String text =
        now.done()
            + " "
            + deed.done()
            + ", "
            + now.skipped().size()
            + " skipped"
            + (left > 0 ? ", " + left + " left as they were" : "")
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
            Controls.paragraph(ended.equals("done") ? "" : "Ended early: " + ended, "mistake"),
            skipped)
        .buttons(Controls.button("close-selection", "Close", at.overlay()::close));
  }
}
