package dev.sluice.admin.view;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// A user with a mouse and a keyboard.
public final class User {

  private static final int PATIENCE = 15;

  private final FxRobot robot = new FxRobot();
  private final Stand stand;

  public User(Stand stand) {
    this.stand = stand;
    Fx.run(() -> HeadlessMouse.mend(stand.scene()));
  }

  /// Waits until a condition holds.
  public void sees(String what, BooleanSupplier is) {
    try {
      WaitForAsyncUtils.waitFor(PATIENCE, TimeUnit.SECONDS, () -> Fx.get(is::getAsBoolean));
    } catch (TimeoutException late) {
      throw new AssertionError("never seen: " + what + "\n" + stand.text(), late);
    }
    WaitForAsyncUtils.waitForFxEvents();
  }

  void seesText(String text) {
    sees(text, () -> textNow().contains(text));
  }

  void seesNoText(String text) {
    sees("no " + text, () -> !textNow().contains(text));
  }

  private String textNow() {
    return stand.text();
  }

  User click(String id) {
    sees("#" + id, () -> stand.sees(id));
    robot.clickOn(middleOf(stand.node(id, Node.class)));
    return this;
  }

  /// Clicks on a row that is laid out, which a look-up by its text would not guarantee.
  User clickRow(String table, int index) {
    robot.clickOn(rowOf(table, index));
    return this;
  }

  public User hover(String id) {
    sees("#" + id, () -> stand.sees(id));
    robot.moveTo(middleOf(stand.node(id, Node.class)));
    return this;
  }

  User doubleClickRow(String table, int index) {
    robot.doubleClickOn(rowOf(table, index));
    return this;
  }

  User clickRowWithControl(String table, int index) {
    robot.press(KeyCode.CONTROL);
    robot.clickOn(rowOf(table, index));
    robot.release(KeyCode.CONTROL);
    return this;
  }

  private Point2D rowOf(String table, int index) {
    var found = new AtomicReference<Point2D>();
    sees(
        "row " + index + " of #" + table,
        () -> {
          var view = stand.node(table, TableView.class);
          view.layout();
          for (Node node : view.lookupAll(".table-row-cell")) {
            if (node instanceof TableRow<?> row && row.getIndex() == index && !row.isEmpty()) {
              Bounds at = row.localToScreen(row.getBoundsInLocal());
              found.set(new Point2D(at.getMinX() + 60, at.getCenterY()));
              return true;
            }
          }
          return false;
        });
    return found.get();
  }

  private static Point2D middleOf(Node node) {
    return Fx.get(
        () -> {
          Bounds at = node.localToScreen(node.getBoundsInLocal());
          return new Point2D(at.getCenterX(), at.getCenterY());
        });
  }

  User type(String text) {
    robot.write(text, 0);
    return this;
  }

  User press(KeyCode... keys) {
    robot.push(keys);
    return this;
  }
}
