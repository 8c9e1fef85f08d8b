package dev.sluice.admin.view.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Dialogs over the screen, one on top of the other. Esc closes the uppermost, and then the
/// keyboard goes back to where it was.
public final class Overlay extends StackPane {

  private final Deque<Layer> layers = new ArrayDeque<>();

  private record Layer(StackPane ground, Runnable closed, @Nullable Node focusBefore) {}

  public Overlay() {
    getStyleClass().add("overlay");
    setPickOnBounds(false);
    sceneProperty()
        .addListener(
            (_, _, scene) -> {
              if (scene != null) {
                scene.addEventFilter(KeyEvent.KEY_PRESSED, this::closeOnEscape);
                scene.focusOwnerProperty().addListener((_, _, owner) -> keepKeyboard(owner));
              }
            });
  }

  /// What lies below a dialog must not be reached by Tab while it asks.
  private void keepKeyboard(@Nullable Node owner) {
    Layer layer = layers.peek();
    if (layer == null || owner == null) {
      return;
    }
    for (Node at = owner; at != null; at = at.getParent()) {
      if (at.equals(layer.ground)) {
        return;
      }
    }
    Platform.runLater(
        () -> {
          if (layer.equals(layers.peek())) {
            focusFirst(layer.ground);
          }
        });
  }

  private void closeOnEscape(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE && isOpen()) {
      event.consume();
      close();
    }
  }

  public boolean isOpen() {
    return !layers.isEmpty();
  }

  /// The uppermost dialog.
  public Optional<Parent> top() {
    return Optional.ofNullable(layers.peek()).map(Layer::ground);
  }

  /// Shows a dialog in the middle.
  ///
  /// @param closed runs when it is closed, in whatever way
  public void open(Node dialog, Runnable closed) {
    open(dialog, Pos.CENTER, closed);
  }

  public void open(Node dialog, Pos place, Runnable closed) {
    var ground = new StackPane(dialog);
    ground.getStyleClass().add("overlay-ground");
    StackPane.setAlignment(dialog, place);
    ground.setOnMousePressed(
        event -> {
          if (ground.equals(event.getTarget())) {
            close();
          }
        });
    Node before = getScene() == null ? null : getScene().getFocusOwner();
    layers.push(new Layer(ground, closed, before));
    getChildren().add(ground);
    focusFirst(dialog);
  }

  private static void focusFirst(Node dialog) {
    dialog.applyCss();
    dialog.lookupAll("*").stream()
        .filter(node -> node instanceof Control && node.isFocusTraversable() && node.isVisible())
        .findFirst()
        .ifPresentOrElse(Node::requestFocus, dialog::requestFocus);
  }

  /// Closes a dialog, if it is the uppermost.
  public void close(Node dialog) {
    Layer top = layers.peek();
    if (top != null && dialog.equals(top.ground.getChildren().getFirst())) {
      close();
    }
  }

  /// Closes the uppermost dialog.
  public void close() {
    if (layers.isEmpty()) {
      return;
    }
    Layer layer = layers.pop();
    getChildren().remove(layer.ground);
    layer.closed.run();
    if (layer.focusBefore != null && layer.focusBefore.getScene() != null) {
      layer.focusBefore.requestFocus();
    }
  }

  /// Closes all of them, as when another service is chosen.
  public void closeAll() {
    while (isOpen()) {
      close();
    }
  }
}
