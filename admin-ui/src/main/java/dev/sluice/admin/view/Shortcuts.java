package dev.sluice.admin.view;

import dev.sluice.admin.viewmodel.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ListView;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// Runs commands by their keys. Keys without Ctrl mean letters where one types, and a press where a
/// button has the keyboard.
final class Shortcuts {

  private final Overlay overlay;
  private final Map<KeyCombination, Command> keys = new LinkedHashMap<>();

  Shortcuts(Scene scene, Overlay overlay, List<Command> commands) {
    this.overlay = overlay;
    commands.stream()
        .filter(command -> !command.keys().isEmpty())
        .forEach(command -> keys.put(combination(command.keys()), command));
    commands.stream()
        .filter(command -> command.id().equals("larger") || command.id().equals("smaller"))
        .forEach(this::addOtherKeys);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::withControl);
    scene.addEventHandler(KeyEvent.KEY_PRESSED, this::plain);
  }

  /// Plus and minus lie elsewhere on other keyboards, and on the number pad.
  private void addOtherKeys(Command command) {
    boolean larger = command.id().equals("larger");
    List<KeyCode> codes =
        larger
            ? List.of(KeyCode.EQUALS, KeyCode.ADD)
            : List.of(KeyCode.SUBTRACT, KeyCode.UNDERSCORE);
    codes.forEach(
        code ->
            keys.put(
                new KeyCodeCombination(
                    code, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_ANY),
                command));
  }

  private static KeyCombination combination(String text) {
    return switch (text) {
      case "Esc" -> new KeyCodeCombination(KeyCode.ESCAPE);
      case "/" -> new KeyCodeCombination(KeyCode.SLASH);
      default -> KeyCombination.valueOf(text);
    };
  }

  private static boolean isPlain(KeyEvent event) {
    boolean function = event.getCode().isFunctionKey();
    return !event.isShortcutDown() && !event.isAltDown() && !function;
  }

  /// Before anybody else sees them, so that they work wherever the keyboard is. Not over a dialog:
  /// what is below it must not change while it asks. Esc and Space are among them, for tables take
  /// them for themselves; but in a field Esc first closes the proposals.
  private void withControl(KeyEvent event) {
    boolean escape =
        event.getCode() == KeyCode.ESCAPE && !(event.getTarget() instanceof TextInputControl);
    boolean space =
        event.getCode() == KeyCode.SPACE
            && (event.getTarget() instanceof TableView<?>
                || event.getTarget() instanceof ListView<?>);
    if ((!isPlain(event) || escape || space) && !overlay.isOpen()) {
      run(event);
    }
  }

  private void plain(KeyEvent event) {
    if (isPlain(event) && !overlay.isOpen() && !belongsToControl(event)) {
      run(event);
    }
  }

  private static boolean belongsToControl(KeyEvent event) {
    Object target = event.getTarget();
    Node node = target instanceof Scene scene ? scene.getFocusOwner() : (Node) target;
    boolean types =
        (node instanceof TextInputControl field && field.isEditable())
            || node instanceof Spinner<?>
            || node instanceof ComboBoxBase<?>;
    boolean presses =
        event.getCode() == KeyCode.SPACE
            && (node instanceof ButtonBase || node instanceof ChoiceBox<?>);
    return (types && event.getCode() != KeyCode.ESCAPE) || presses;
  }

  private void run(KeyEvent event) {
    keys.forEach(
        (combination, command) -> {
          if (!event.isConsumed() && combination.match(event)) {
            event.consume();
            command.run();
          }
        });
  }
}
