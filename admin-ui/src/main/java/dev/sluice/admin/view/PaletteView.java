package dev.sluice.admin.view;

import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Overlay;
import dev.sluice.admin.viewmodel.Command;
import dev.sluice.admin.viewmodel.Palette;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

/// The command palette: finds available commands by a few letters.
final class PaletteView extends VBox {

  private final Overlay overlay;
  private final List<Command> commands;
  private final TextField letters = new TextField();
  private final ListView<Command> found = new ListView<>();

  private PaletteView(Overlay overlay, List<Command> commands) {
    super(8);
    this.overlay = overlay;
    this.commands = commands;
    setId("palette");
    getStyleClass().addAll("dialog-card", "palette");
    setMaxSize(560, 420);
    letters.setId("palette-letters");
    letters.setPromptText("What do you want to do?");
    letters.setAccessibleText("Commands. Type to search; Enter runs the selected command");
    found.setId("palette-found");
    found.setAccessibleText("Matching commands");
    found.setFocusTraversable(false);
    found.setPlaceholder(Controls.label("No matching command", "muted"));
    found.setCellFactory(_ -> new CommandCell());
    found.setOnMouseClicked(_ -> run());
    letters.textProperty().addListener((_, _, _) -> find());
    letters.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    getChildren().addAll(letters, Controls.grow(found));
    find();
  }

  static void open(Overlay overlay, List<Command> commands) {
    var view = new PaletteView(overlay, commands);
    overlay.open(view, Pos.TOP_CENTER, () -> {});
    view.letters.requestFocus();
  }

  private void find() {
    found.getItems().setAll(Palette.find(letters.getText(), commands));
    found.getSelectionModel().selectFirst();
  }

  private void keyPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.DOWN) {
      found.getSelectionModel().selectNext();
      event.consume();
    } else if (event.getCode() == KeyCode.UP) {
      found.getSelectionModel().selectPrevious();
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER) {
      run();
      event.consume();
    }
    found.scrollTo(Math.max(0, found.getSelectionModel().getSelectedIndex() - 4));
  }

  /// Closes the palette before the command runs, because the command may open a dialog.
  private void run() {
    Command command = found.getSelectionModel().getSelectedItem();
    if (command != null) {
      overlay.close();
      command.run();
    }
  }

  private static final class CommandCell extends ListCell<Command> {

    @Override
    protected void updateItem(Command command, boolean empty) {
      super.updateItem(command, empty);
      if (empty || command == null) {
        setGraphic(null);
      } else {
        setGraphic(
            Controls.row(
                8,
                Controls.label(command.title()),
                Controls.spring(),
                Controls.label(command.keyText(), "key-text", "mono")));
        setAccessibleText(command.hint());
      }
    }
  }
}
