package dev.sluice.admin.view.control;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.layout.Pane;

/// Puts new nodes in the place of old ones without taking the keyboard from whoever has it.
public final class Redraw {

  private Redraw() {}

  /// Whether a mouse button is down on something in it.
  public static boolean isClicked(Pane pane) {
    return pane.lookupAll("*").stream()
        .anyMatch(node -> node instanceof ButtonBase button && button.isArmed());
  }

  /// Of no effect during a click: it would be lost with its button, and the next answer draws it
  /// all.
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
