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

/// Keys of single controls. They stand on their tooltips, and work while the control is seen and
/// switched on, wherever the keyboard is.
///
/// Where a key stands on several controls, as on the cards of a list, it means the one next to what
/// has the keyboard; see [#meant].
public final class Keys {

  private Keys() {}

  /// Gives a control a key.
  ///
  /// @param keys as in [Command#keys]; where a command has the same, that is what the key does
  /// @param title what it does, and to what
  public static <C extends Control> C on(C control, String keys, String title) {
    Command command =
        new Command("control", title, keys, () -> isOffered(control), () -> use(control));
    control.getProperties().put(Command.class, command);
    control.setTooltip(new Tooltip(command.hint()));
    return control;
  }

  /// For what leads somewhere and is one of many: the arrow keys or Tab go to it, Enter follows it.
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

  /// What controls of a part offer now.
  public static List<Command> offered(Parent polled) {
    return controls(polled).stream().map(Keys::command).toList();
  }

  private static List<Node> controls(Parent polled) {
    return polled.lookupAll("*").stream()
        .filter(node -> node.hasProperties() && node.getProperties().containsKey(Command.class))
        .filter(Keys::isOffered)
        .toList();
  }

  private static Command command(Node control) {
    return (Command) Objects.requireNonNull(control.getProperties().get(Command.class));
  }

  /// What a key means among the controls of a part.
  ///
  /// @param found nothing has this key; or what it means, if that is clear
  public record Meaning(boolean found, Optional<Command> command) {}

  public static Meaning meaning(Parent polled, KeyEvent event) {
    List<Node> found =
        controls(polled).stream()
            .filter(control -> combination(command(control).keys()).match(event))
            .toList();
    Node focus = polled.getScene() == null ? null : polled.getScene().getFocusOwner();
    return new Meaning(!found.isEmpty(), meant(found, focus).map(Keys::command));
  }

  /// The only one; else the one that shares the smallest part of the window with what has the
  /// keyboard; else, in a table, the one in the marked row. Where that leaves two that do different
  /// things it is none: a key must not do to one thing what was meant for another.
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

  /// How deep in the window the smallest part is that holds both.
  private static int shared(Node one, @Nullable Node other) {
    for (Node node = other; node != null; node = node.getParent()) {
      if (depthIn(one, node) >= 0) {
        return depthIn(node, null);
      }
    }
    return 0;
  }

  /// How many steps lead from a node up to another one; less than 0 if none do.
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
