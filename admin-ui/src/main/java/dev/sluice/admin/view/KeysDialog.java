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

/// The dialog that lists all keyboard shortcuts.
final class KeysDialog {

  /// Keys of tables and fields, which are not commands.
  private static final List<List<String>> OTHERS =
      List.of(
          List.of("Arrow keys", "Next and previous row of a table"),
          List.of("Enter", "Open the selected event; apply the query"),
          List.of("Shift+click, Ctrl+click", "Select several events"),
          List.of("Ctrl+A", "Select all loaded rows"),
          List.of("Tab", "Accept the first suggestion in the query bar; elsewhere, next control"),
          List.of("Left / Right", "Collapse or expand in a payload"),
          List.of("Esc", "Close the dialog or event; leave the query bar"));

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
    var dialog =
        new Dialog("Keyboard shortcuts", 560).with(scroll).buttons(Keys.on(close, "Esc", "Close"));
    overlay.open(dialog, () -> {});
  }

  private static void line(GridPane grid, String keys, String meaning) {
    grid.addRow(
        grid.getRowCount(), Controls.label(keys, "key-text", "mono"), Controls.label(meaning));
  }
}
