package dev.sluice.admin.view;

import java.util.EnumSet;
import java.util.Set;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/// Corrects mouse events of the headless platform: it reports every press as a popup trigger, a
/// released button as held, and no Shift or Ctrl.
final class HeadlessMouse {

  private final Set<KeyCode> down = EnumSet.noneOf(KeyCode.class);
  private boolean again;

  private HeadlessMouse() {}

  static void mend(Scene scene) {
    var mouse = new HeadlessMouse();
    scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> mouse.down.add(event.getCode()));
    scene.addEventFilter(KeyEvent.KEY_RELEASED, event -> mouse.down.remove(event.getCode()));
    scene.addEventFilter(MouseEvent.ANY, mouse::mend);
  }

  private void mend(MouseEvent event) {
    EventType<? extends MouseEvent> type = event.getEventType();
    boolean press = type.equals(MouseEvent.MOUSE_PRESSED);
    boolean release =
        type.equals(MouseEvent.MOUSE_RELEASED) || type.equals(MouseEvent.MOUSE_CLICKED);
    if (again || (!press && !release)) {
      return;
    }
    event.consume();
    again = true;
    try {
      Event.fireEvent(event.getTarget(), copy(event, press));
    } finally {
      again = false;
    }
  }

  private MouseEvent copy(MouseEvent event, boolean press) {
    MouseButton button = event.getButton();
    return new MouseEvent(
        event.getSource(),
        event.getTarget(),
        event.getEventType(),
        event.getX(),
        event.getY(),
        event.getScreenX(),
        event.getScreenY(),
        button,
        event.getClickCount(),
        down.contains(KeyCode.SHIFT),
        down.contains(KeyCode.CONTROL),
        down.contains(KeyCode.ALT),
        down.contains(KeyCode.META),
        event.isPrimaryButtonDown() && (press || button != MouseButton.PRIMARY),
        event.isMiddleButtonDown() && (press || button != MouseButton.MIDDLE),
        event.isSecondaryButtonDown() && (press || button != MouseButton.SECONDARY),
        false,
        press && button == MouseButton.SECONDARY,
        event.isStillSincePress(),
        event.getPickResult());
  }
}
