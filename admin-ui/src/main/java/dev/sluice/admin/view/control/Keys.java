package dev.sluice.admin.view.control;

import dev.sluice.admin.viewmodel.Command;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Control;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// Keys of single controls. The tooltip shows the key, which works while the control is visible and
/// enabled, wherever the focus is.
///
/// If several controls have the same key, as on the cards of a list, the key means the one nearest
/// to the focus; see [#meant].
public final class Keys {

  private Keys() {}

  /// Assigns a key to a control.
  ///
  /// @param keys as in [Command#keys]; a command with the same keys takes precedence
  /// @param title what the key does, and to what
  public static <C extends Control> C on(C control, String keys, String title) {
    Command command =
        new Command("control", title, keys, () -> isOffered(control), () -> use(control));
    control.getProperties().put(Command.class, command);
    control.setTooltip(new Tooltip(command.hint()));
    return control;
  }

  /// Marks a control as one of many links: arrow keys or Tab move to it, Enter follows it.
  public static <C extends Control> C link(C control, String title) {
    control.setTooltip(new Tooltip(title + " (Enter)"));
    return control;
  }

  private static void use(Control control) {
    switch (control) {
      case MenuButton menu -> {
        menu.requestFocus();
        menu.show();
      }
      case ButtonBase button -> button.fire();
      case ChoiceBox<?> choice -> {
        choice.requestFocus();
        choice.show();
      }
      default -> control.requestFocus();
    }
  }

  private static boolean isOffered(Node control) {
    boolean seen = control.getScene() != null && !control.isDisabled();
    for (Node node = control; node != null && seen; node = node.getParent()) {
      seen = node.isVisible();
    }
    return seen;
  }

  /// Returns the commands of the available controls below a node.
  public static List<Command> offered(Parent part) {
    return controls(part).stream().map(Keys::command).toList();
  }

  private static List<Node> controls(Parent part) {
    return part.lookupAll("*").stream()
        .filter(node -> node.hasProperties() && node.getProperties().containsKey(Command.class))
        .filter(Keys::isOffered)
        .toList();
  }

  private static Command command(Node control) {
    return (Command) Objects.requireNonNull(control.getProperties().get(Command.class));
  }

  /// The meaning of a key among several controls.
  ///
  /// @param found whether any control has this key; `command` is empty if its meaning is ambiguous
  public record Meaning(boolean found, Optional<Command> command) {}

  public static Meaning meaning(Parent part, KeyEvent event) {
    List<Node> found =
        controls(part).stream()
            .filter(control -> combination(command(control).keys()).match(event))
            .toList();
    Node focus = part.getScene() == null ? null : part.getScene().getFocusOwner();
    return new Meaning(!found.isEmpty(), meant(found, focus).map(Keys::command));
  }

  /// Returns the only control; otherwise the one that shares the smallest part of the window with
  /// the focus; otherwise, in a table, the one in the selected row. If two with different actions
  /// remain, returns none, because a key must never act on the wrong thing.
  private static Optional<Node> meant(List<Node> found, @Nullable Node focus) {
    List<Node> nearest = best(found, control -> shared(control, focus));
    List<Node> marked = best(nearest, control -> isInMarkedRow(control) ? 1 : 0);
    boolean same = marked.stream().map(node -> command(node).title()).distinct().count() == 1;
    return same ? marked.stream().findFirst() : Optional.empty();
  }

  private static List<Node> best(List<Node> nodes, ToIntFunction<Node> measure) {
    int most = nodes.stream().mapToInt(measure).max().orElse(0);
    return nodes.stream().filter(node -> measure.applyAsInt(node) == most).toList();
  }

  /// Returns the depth of the deepest node that contains both.
  private static int shared(Node one, @Nullable Node other) {
    for (Node node = other; node != null; node = node.getParent()) {
      if (depthIn(one, node) >= 0) {
        return depthIn(node, null);
      }
    }
    return 0;
  }

  /// Returns the number of steps from a node up to an ancestor; -1 if it is not an ancestor.
  private static int depthIn(Node node, @Nullable Node ancestor) {
    int depth = 0;
    for (Node at = node; at != null; at = at.getParent()) {
      if (at.equals(ancestor)) {
        return depth;
      }
      depth++;
    }
    return ancestor == null ? depth : -1;
  }

  private static boolean isInMarkedRow(Node control) {
    for (Node node = control; node != null; node = node.getParent()) {
      if (node instanceof IndexedCell<?> cell && cell.isSelected()) {
        return true;
      }
    }
    return false;
  }

  public static KeyCombination combination(String text) {
    return switch (text) {
      case "Esc" -> new KeyCodeCombination(KeyCode.ESCAPE);
      case "/" -> new KeyCodeCombination(KeyCode.SLASH);
      case "?" -> new KeyCodeCombination(KeyCode.SLASH, KeyCombination.SHIFT_DOWN);
      default -> KeyCombination.valueOf(text);
    };
  }
}
