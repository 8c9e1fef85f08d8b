package dev.sluice.admin.view.events;

import dev.sluice.admin.model.JsonLines;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// A JSON text as a tree or as sent, with a search field. Parses the text off the screen's thread.
final class PayloadPane extends VBox {

  private static final int RAW_WIDTH = 160;

  private final ViewContext at;
  private final JsonView tree = new JsonView();
  private final ListView<String> raw = new ListView<>();
  private final StackPane stage = new StackPane();
  private final Label note = Controls.label("", "muted");
  private final TextField search = new TextField();
  private final ToggleButton asSent = new ToggleButton("Raw");
  private String text = "";

  /// @param name name of the text, for labels and ids
  PayloadPane(ViewContext at, String name) {
    super(6);
    this.at = at;
    tree.setId(name + "-tree");
    raw.setId(name + "-raw");
    raw.getStyleClass().addAll("json", "mono");
    raw.setFixedCellSize(20);
    raw.setAccessibleText(name + " as sent");
    asSent.setId(name + "-as-sent");
    asSent.setAccessibleText("Show the " + name + " as sent");
    asSent.setOnAction(_ -> chooseView());
    search.setId(name + "-search");
    search.setPromptText("Find in " + name);
    search.setAccessibleText("Find in " + name + "; Enter goes to the next match");
    search.setOnAction(_ -> find());
    Button copy =
        Controls.iconButton(
            "copy-" + name, Feather.COPY, "Y", "Copy the " + name, () -> at.copy(name, text));
    Keys.on(asSent, "T", "Show the " + name + " as a tree or as sent");
    Keys.on(search, "F", "Find in the " + name);
    getChildren()
        .addAll(
            Controls.row(6, search, note, Controls.spring(), asSent, copy), Controls.grow(stage));
    chooseView();
  }

  private void chooseView() {
    stage.getChildren().setAll(asSent.isSelected() ? raw : tree);
  }

  private void find() {
    String wanted = search.getText();
    if (wanted.isEmpty()) {
      return;
    }
    boolean found = asSent.isSelected() ? findInRaw(wanted) : tree.find(wanted);
    if (!found) {
      note.setText("not found");
    }
  }

  private boolean findInRaw(String wanted) {
    String small = wanted.toLowerCase(Locale.ROOT);
    List<String> lines = raw.getItems();
    int from = raw.getSelectionModel().getSelectedIndex();
    for (int step = 1; step <= lines.size(); step++) {
      int place = (from + step) % lines.size();
      if (lines.get(place).toLowerCase(Locale.ROOT).contains(small)) {
        raw.getSelectionModel().clearAndSelect(place);
        raw.scrollTo(place);
        return true;
      }
    }
    return false;
  }

  void show(String payload) {
    if (payload.equals(text)) {
      return;
    }
    text = payload;
    note.setText("reading …");
    at.console()
        .beside(
            () -> new Prepared(JsonLines.of(payload), JsonLines.raw(payload, RAW_WIDTH)),
            prepared -> {
              if (payload.equals(text)) {
                show(prepared);
              }
            });
  }

  private record Prepared(JsonLines lines, List<String> raw) {}

  private void show(Prepared prepared) {
    tree.show(prepared.lines);
    raw.getItems().setAll(prepared.raw);
    String size = Texts.count(text.length()) + " characters";
    note.setText(
        prepared.lines.fault().isEmpty() ? size : "not valid JSON: " + prepared.lines.fault());
  }
}
