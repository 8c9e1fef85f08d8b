package dev.sluice.admin.view;

import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Overlay;
import dev.sluice.admin.view.control.Scroll;
import dev.sluice.admin.viewmodel.Command;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.GridPane;

/// Every key and what it does.
final class KeysDialog {

  /// Keys that belong to tables and fields, and to no command.
  private static final List<List<String>> OTHERS =
      List.of(
          List.of("Arrows", "Down and up in a table"),
          List.of("Enter", "Open the event that is marked; put a query into effect"),
          List.of("Shift or Ctrl with a click", "Mark several events"),
          List.of("Ctrl+A", "Mark all rows that are loaded"),
          List.of("Tab", "Take the first proposal in the query bar; else the next control"),
          List.of("Left / Right", "Fold and unfold in a payload"),
          List.of("Esc", "Close what is on top; from the query to the rows"));

  private KeysDialog() {}

  static void open(Overlay overlay, List<Command> commands) {
    var grid = new GridPane(24, 5);
    commands.stream()
        .filter(command -> !command.keys().isEmpty())
        .forEach(command -> line(grid, command.keyText(), command.title()));
    OTHERS.forEach(other -> line(grid, other.getFirst(), other.getLast()));
    var scroll = new Scroll(grid);
    scroll.setPrefHeight(460);
    Button close = Controls.button("close-keys", "Close", overlay::close, "accent");
    var dialog = new Dialog("Keys", 560).with(scroll).buttons(Keys.on(close, "Esc", "Close"));
    overlay.open(dialog, () -> {});
  }

  private static void line(GridPane grid, String keys, String meaning) {
    grid.addRow(
        grid.getRowCount(), Controls.label(keys, "key-text", "mono"), Controls.label(meaning));
  }
}
