package dev.sluice.admin.view;

import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.Notice;
import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

/// Messages to the user, in a corner. Failures stay until they are dismissed or newer messages
/// replace them.
final class Toasts extends VBox {

  private static final Duration SHOWN = Duration.seconds(6);

  private final Console console;

  Toasts(Console console) {
    super(8);
    this.console = console;
    setId("toasts");
    getStyleClass().add("toasts");
    setPickOnBounds(false);
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    console
        .notices()
        .addListener(
            (ListChangeListener<Notice>)
                change -> {
                  while (change.next()) {
                    change.getAddedSubList().forEach(this::leaveInTime);
                  }
                  refresh();
                });
    refresh();
  }

  private void leaveInTime(Notice notice) {
    if (notice.kind() != Notice.Kind.FAILED) {
      var wait = new PauseTransition(SHOWN);
      wait.setOnFinished(_ -> console.notices().remove(notice));
      wait.play();
    }
  }

  private void refresh() {
    getChildren().setAll(console.notices().stream().map(this::toast).toList());
  }

  private HBox toast(Notice notice) {
    Label text = Controls.paragraph(notice.text());
    text.setMaxWidth(420);
    Feather icon =
        switch (notice.kind()) {
          case DONE -> Feather.CHECK;
          case WARNING -> Feather.ALERT_TRIANGLE;
          case FAILED -> Feather.ALERT_OCTAGON;
        };
    HBox toast =
        Controls.row(
            10,
            Icons.of(icon),
            text,
            Controls.iconButton(
                "close-toast",
                Feather.X,
                "Backspace",
                "Dismiss",
                () -> console.notices().remove(notice)));
    toast.getStyleClass().addAll("toast", "toast-" + notice.kind().name().toLowerCase(Locale.ROOT));
    return toast;
  }
}
