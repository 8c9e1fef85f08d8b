package dev.sluice.admin.view.control;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.layout.Pane;

/// Replaces nodes without moving the focus.
public final class Redraw {

  private Redraw() {}

  /// Whether a button in the pane is being pressed.
  public static boolean isClicked(Pane pane) {
    return pane.lookupAll("*").stream()
        .anyMatch(node -> node instanceof ButtonBase button && button.isArmed());
  }

  /// Replaces the children of a pane. Does nothing during a click, which would be lost with its
  /// button; the next response draws everything.
  public static void keepingFocus(Pane pane, List<? extends Node> nodes) {
    if (isClicked(pane)) {
      return;
    }
    Node owner = pane.getScene() == null ? null : pane.getScene().getFocusOwner();
    String id = owner == null ? null : owner.getId();
    boolean inside = false;
    for (Node node = owner; node != null; node = node.getParent()) {
      inside |= node.equals(pane);
    }
    pane.getChildren().setAll(nodes);
    if (inside && id != null) {
      pane.applyCss();
      pane.lookupAll("*").stream()
          .filter(node -> id.equals(node.getId()))
          .findFirst()
          .ifPresent(Node::requestFocus);
    }
  }
}
