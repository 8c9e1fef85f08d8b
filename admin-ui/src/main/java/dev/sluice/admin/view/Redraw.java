package dev.sluice.admin.view;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.layout.Pane;

/// Puts new nodes in the place of old ones without taking the keyboard from whoever has it.
final class Redraw {

  private Redraw() {}

  static void keepingFocus(Pane pane, List<? extends Node> nodes) {
    // A click under way would be lost with its button; the next answer draws it all.
    if (pane.lookupAll("*").stream().anyMatch(n -> n instanceof ButtonBase b && b.isArmed())) {
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
