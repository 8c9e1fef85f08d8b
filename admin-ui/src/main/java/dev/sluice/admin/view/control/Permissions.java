package dev.sluice.admin.view.control;

import dev.sluice.admin.viewmodel.Session;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;

/// Applies permissions to actions: hides them in a read-only profile, and disables them, with the
/// reason, if the key's role is not sufficient.
///
/// A disabled control receives no mouse events and shows no tooltip. The reason therefore belongs
/// to a frame around it.
public final class Permissions extends StackPane {

  private final Tooltip reason = new Tooltip();
  private final Node actions;
  private final Supplier<Optional<String>> whyNot;
  private final BooleanSupplier may;

  private Permissions(
      Node actions, Session session, BooleanSupplier may, Supplier<Optional<String>> whyNot) {
    super(actions);
    this.actions = actions;
    this.may = may;
    this.whyNot = whyNot;
    Controls.shown(this, !session.profile().readOnly());
    allow();
  }

  /// Wraps actions that stay on the screen, and follows changes of permissions.
  public static Node follow(Node actions, Session session) {
    return following(session, now(actions, session));
  }

  /// Wraps actions that only an admin may run.
  public static Node followAdmin(Node actions, Session session) {
    return following(
        session,
        new Permissions(actions, session, session::mayAdminister, session::whyNotAdminister));
  }

  /// Wraps the action that back-fills a subscription.
  public static Node followBackfill(Node actions, Session session) {
    return following(
        session, new Permissions(actions, session, session::mayBackfill, session::whyNotBackfill));
  }

  private static Node following(Session session, Permissions frame) {
    WeakListeners.listen(frame, session.meta(), frame::allow);
    return frame;
  }

  /// Wraps actions that are created again with each response.
  public static Permissions now(Node actions, Session session) {
    return new Permissions(actions, session, session::mayOperate, session::whyNot);
  }

  private void allow() {
    actions.setDisable(!may.getAsBoolean());
    say(this, reason, whyNot.get());
  }

  /// Shows on the surrounding node why its actions are disabled; removes the reason when they are
  /// enabled.
  public static void say(Node around, Tooltip reason, Optional<String> why) {
    String text = why.map("Not available: "::concat).orElse("");
    if (text.equals(reason.getText())) {
      // Installing it again with each response would hide it under the mouse.
      return;
    }
    reason.setText(text);
    Tooltip.uninstall(around, reason);
    if (!text.isEmpty()) {
      Tooltip.install(around, reason);
    }
  }
}
