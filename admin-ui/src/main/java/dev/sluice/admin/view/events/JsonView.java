package dev.sluice.admin.view.events;

import dev.sluice.admin.model.JsonLines;
import dev.sluice.admin.view.control.Controls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/// A JSON value as a collapsible tree. Draws only visible lines, so the size of the value does not
/// matter.
final class JsonView extends ListView<Integer> {

  private static final int INDENT = 16;

  private final ObservableList<Integer> seen = FXCollections.observableArrayList();
  private final Set<Integer> folded = new HashSet<>();
  private List<JsonLines.Line> lines = List.of();

  JsonView() {
    getStyleClass().add("json");
    setAccessibleText("JSON. Left collapses, Right expands");
    setItems(seen);
    setFixedCellSize(20);
    setCellFactory(_ -> new LineCell(this::toggle));
    addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
  }

  void show(JsonLines json) {
    lines = json.lines();
    folded.clear();
    refreshSeen();
  }

  private void keyPressed(KeyEvent event) {
    Integer place = getSelectionModel().getSelectedItem();
    boolean fold = event.getCode() == KeyCode.LEFT;
    if (place != null && (fold || event.getCode() == KeyCode.RIGHT)) {
      if (folded.contains(place) != fold) {
        toggle(place);
      }
      event.consume();
    }
  }

  private void toggle(int place) {
    if (lines.get(place).end() == place) {
      return;
    }
    if (!folded.remove(place)) {
      folded.add(place);
    }
    refreshSeen();
    getSelectionModel().select(Integer.valueOf(place));
  }

  private void refreshSeen() {
    List<Integer> places = new ArrayList<>(lines.size());
    for (int place = 0; place < lines.size(); place++) {
      places.add(place);
      if (folded.contains(place)) {
        place = lines.get(place).end();
      }
    }
    seen.setAll(places);
  }

  /// Selects the next line that contains a text, starting after the selected line.
  ///
  /// @return whether a line was found
  boolean find(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    Integer marked = getSelectionModel().getSelectedItem();
    int from = marked == null ? -1 : marked;
    for (int step = 1; step <= lines.size(); step++) {
      int place = (from + step) % lines.size();
      JsonLines.Line line = lines.get(place);
      if ((line.name() + line.value()).toLowerCase(Locale.ROOT).contains(wanted)) {
        reveal(place);
        return true;
      }
    }
    return false;
  }

  private void reveal(int place) {
    if (folded.removeIf(fold -> fold < place && place <= lines.get(fold).end())) {
      refreshSeen();
    }
    getSelectionModel().select(Integer.valueOf(place));
    scrollTo(Integer.valueOf(place));
  }

  private final class LineCell extends ListCell<Integer> {

    private final Label fold = Controls.label("", "json-fold");
    private final Label name = Controls.label("", "json-name");
    private final Label value = Controls.label("");
    private final HBox row = Controls.row(0, fold, name, value);

    LineCell(Consumer<Integer> toggle) {
      fold.setOnMouseClicked(
          _ -> {
            if (getItem() != null) {
              toggle.accept(getItem());
            }
          });
    }

    @Override
    protected void updateItem(Integer place, boolean empty) {
      super.updateItem(place, empty);
      if (empty || place == null || place >= lines.size()) {
        setGraphic(null);
        return;
      }
      JsonLines.Line line = lines.get(place);
      boolean opens = line.kind() == JsonLines.Kind.OPEN && line.end() != place;
      boolean shut = folded.contains(place);
      fold.setText(opens ? (shut ? "▸" : "▾") : " ");
      name.setText(line.name().isEmpty() ? "" : line.name() + ": ");
      value.setText(shut ? line.value() + " … " + line.inside() + " items" : line.value());
      value.getStyleClass().setAll("label", "json-" + line.kind().name().toLowerCase(Locale.ROOT));
      row.setStyle("-fx-padding: 0 0 0 " + line.depth() * INDENT + "px;");
      setGraphic(row);
    }
  }
}
