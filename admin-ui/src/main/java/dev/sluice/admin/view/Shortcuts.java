package dev.sluice.admin.view;

import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Overlay;
import dev.sluice.admin.viewmodel.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

/// Runs commands and controls by their keys. In text fields, keys without Ctrl are text; on a
/// focused button, Space presses the button.
final class Shortcuts {

  private final Scene scene;
  private final Overlay overlay;
  private final Consumer<String> notices;
  private final List<Bound> keys = new ArrayList<>();

  /// Whether the pressed key ran a command. Its character must not also be typed, into a field that
  /// the command focused.
  private boolean used;

  private record Bound(KeyCombination combination, Command command) {}

  /// @param notices receives the reason why a key had no effect
  Shortcuts(Scene scene, Overlay overlay, List<Command> commands, Consumer<String> notices) {
    this.scene = scene;
    this.overlay = overlay;
    this.notices = notices;
    commands.stream()
        .filter(command -> !command.keys().isEmpty())
        .forEach(command -> keys.add(new Bound(Keys.combination(command.keys()), command)));
    commands.stream()
        .filter(command -> command.id().equals("larger") || command.id().equals("smaller"))
        .forEach(this::addOtherKeys);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, _ -> used = false);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::withControl);
    scene.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
    scene.addEventHandler(KeyEvent.KEY_PRESSED, this::plain);
  }

  /// Adds the other positions of plus and minus: other keyboard layouts and the number pad.
  private void addOtherKeys(Command command) {
    boolean larger = command.id().equals("larger");
    List<KeyCode> codes =
        larger
            ? List.of(KeyCode.EQUALS, KeyCode.ADD)
            : List.of(KeyCode.SUBTRACT, KeyCode.UNDERSCORE);
    for (KeyCode code : codes) {
      keys.add(
          new Bound(
              new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_ANY),
              command));
    }
  }

  private void typed(KeyEvent event) {
    if (used) {
      event.consume();
    }
  }

  private static boolean isPlain(KeyEvent event) {
    boolean function = event.getCode().isFunctionKey();
    return !event.isShortcutDown() && !event.isAltDown() && !function;
  }

  /// Handles keys before any control does, so that they work wherever the focus is. Includes Esc
  /// and Space, which tables would consume; in a text field, Esc first closes the completions.
  private void withControl(KeyEvent event) {
    boolean escape =
        event.getCode() == KeyCode.ESCAPE && !(event.getTarget() instanceof TextInputControl);
    boolean space =
        event.getCode() == KeyCode.SPACE
            && (event.getTarget() instanceof TableView<?>
                || event.getTarget() instanceof ListView<?>);
    if (!event.isConsumed() && (!isPlain(event) || escape || space)) {
      run(event);
    }
  }

  private void plain(KeyEvent event) {
    if (!event.isConsumed() && isPlain(event) && !belongsToControl(event)) {
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

  /// While a dialog is open only its own keys work: nothing below it may change.
  private void run(KeyEvent event) {
    Optional<Command> command = overlay.isOpen() ? Optional.empty() : command(event);
    command.ifPresentOrElse(
        found -> {
          use(event);
          found.run();
        },
        () -> runControl(event));
  }

  private void use(KeyEvent event) {
    event.consume();
    used = true;
  }

  private Optional<Command> command(KeyEvent event) {
    return keys.stream()
        .filter(bound -> bound.combination.match(event))
        .map(Bound::command)
        .filter(command -> command.enabled().getAsBoolean())
        .findFirst();
  }

  private void runControl(KeyEvent event) {
    Keys.Meaning meaning = Keys.meaning(overlay.top().orElse(scene.getRoot()), event);
    if (meaning.found()) {
      use(event);
      meaning
          .command()
          .ifPresentOrElse(
              Command::run,
              () ->
                  notices.accept(
                      "Several controls here use this key: move to one with Tab, then press it"));
    }
  }
}
