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

/// Stacked dialogs over the screen. Esc closes the topmost one and returns the focus to where it
/// was.
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

  /// Keeps the focus in the topmost dialog, so that Tab cannot reach what is below.
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

  /// Returns the topmost dialog.
  public Optional<Parent> top() {
    return Optional.ofNullable(layers.peek()).map(Layer::ground);
  }

  /// Opens a dialog in the centre.
  ///
  /// @param closed runs when the dialog closes, for whatever reason
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

  /// Closes a dialog if it is the topmost.
  public void close(Node dialog) {
    Layer top = layers.peek();
    if (top != null && dialog.equals(top.ground.getChildren().getFirst())) {
      close();
    }
  }

  /// Closes the topmost dialog.
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

  /// Closes all dialogs, as when another service is chosen.
  public void closeAll() {
    while (isOpen()) {
      close();
    }
  }
}
