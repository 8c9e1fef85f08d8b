package dev.sluice.admin.view.control;

import dev.sluice.admin.view.Fx;
import dev.sluice.admin.view.Stand;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Control;

/// Finds controls whose tooltip names no key.
final class KeyHints {

  private KeyHints() {}

  /// Returns the visible controls without a key in their tooltip.
  static List<String> missing(Stand stand) {
    List<String> found = new ArrayList<>();
    Fx.run(
        () ->
            stand.view().lookupAll("*").stream()
                .filter(node -> node instanceof ButtonBase || node instanceof ChoiceBox<?>)
                .filter(node -> Stand.isSeen(node) && isOurs(node))
                .map(Control.class::cast)
                .filter(control -> !hint(control).matches(".+ \\([^)]+\\)"))
                .forEach(control -> found.add(control + " says: " + hint(control))));
    return found;
  }

  /// Excludes the internal parts of controls.
  private static boolean isOurs(Node node) {
    return node.getStyleClass().stream()
        .noneMatch(name -> name.endsWith("arrow-button") || name.equals("tab-down-button"));
  }

  private static String hint(Control control) {
    return control.getTooltip() == null ? "" : control.getTooltip().getText();
  }
}
