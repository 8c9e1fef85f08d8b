package dev.sluice.admin.view.control;

import dev.sluice.admin.viewmodel.PollFailure;
import dev.sluice.admin.viewmodel.Polled;
import dev.sluice.admin.viewmodel.Session;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Hints in place of missing data or beside stale data.
public final class Hints {

  private Hints() {}

  /// Creates a centred hint: an icon, a title, a sentence, and what to do next.
  public static VBox middle(Feather icon, String title, String text, Node... next) {
    var column = new VBox(10);
    column.getStyleClass().add("hint");
    column.setAlignment(Pos.CENTER);
    column.setMaxWidth(560);
    Label sentence = Controls.paragraph(text, "muted");
    sentence.setAlignment(Pos.CENTER);
    sentence.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
    column
        .getChildren()
        .addAll(
            Controls.styled(Icons.of(icon), "hint-icon"),
            Controls.label(title, "title-4"),
            sentence);
    column.getChildren().addAll(next);
    return column;
  }

  /// Creates a command line with a copy button.
  public static HBox line(String line, ViewContext at) {
    Label text = Controls.label(line, "mono", "code-line");
    text.setMinWidth(0);
    Button copy =
        Controls.iconButton(
            "copy-line", Feather.COPY, "Y", "Copy this command", () -> at.copy("command", line));
    HBox row = Controls.row(6, text, copy);
    row.setAlignment(Pos.CENTER);
    row.setMaxWidth(StackPane.USE_PREF_SIZE);
    return row;
  }

  /// Creates a bar that shows why a polled value is stale. It takes no room while the value is
  /// current.
  ///
  /// While the connection is lost only the banner reports it, not each value.
  public static HBox failure(Polled<?> polled, ViewContext at) {
    Times times = at.times();
    Session session = at.models().session();
    Label text = Controls.label("", "trouble-text");
    text.setWrapText(true);
    Button retry = Controls.button("retry-part", "Retry now", polled::refresh, "small", "flat");
    Keys.on(retry, "F5", "Retry now");
    HBox bar = Controls.row(8, Icons.of(Feather.ALERT_TRIANGLE), text, Controls.spring(), retry);
    bar.getStyleClass().add("trouble");
    text.textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    polled
                        .failure()
                        .get()
                        .map(pollFailure -> sentence(pollFailure, times))
                        .orElse(""),
                polled.failure(),
                times.second()));
    Controls.shownWhen(
        bar,
        Bindings.createBooleanBinding(
            () -> polled.failure().get().isPresent() && session.link().get().isLive(),
            polled.failure(),
            session.link()));
    HBox.setHgrow(text, javafx.scene.layout.Priority.ALWAYS);
    return bar;
  }

  private static String sentence(PollFailure pollFailure, Times times) {
    String again =
        pollFailure
            .next()
            .filter(next -> next.isAfter(times.second().get()))
            .map(next -> " Retry " + times.distance(next) + ".")
            .orElse("");
    return capital(pollFailure.fault().sentence()) + "." + again;
  }

  /// Capitalises the first letter.
  public static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /// Creates grey placeholder bars for data that is loading.
  public static VBox skeleton(int lines) {
    var column = new VBox(12);
    column.getStyleClass().add("skeleton");
    for (int line = 0; line < lines; line++) {
      var bar = new javafx.scene.layout.Region();
      bar.getStyleClass().add("skeleton-bar");
      bar.setMaxWidth(line % 3 == 2 ? 420 : 760);
      column.getChildren().add(bar);
    }
    column.setAccessibleText("loading");
    return column;
  }
}
