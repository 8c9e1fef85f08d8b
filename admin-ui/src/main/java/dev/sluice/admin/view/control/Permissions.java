package dev.sluice.admin.view.control;

import dev.sluice.admin.viewmodel.Session;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;

/// Offers actions as profile and key allow: hides them where the profile is read-only, and switches
/// them off, with the reason, where the key is not enough.
///
/// What is switched off hears no mouse and shows no tooltip. So the reason belongs to a frame
/// around it.
public final class Permissions extends StackPane {

  private final Tooltip reason = new Tooltip();
  private final Node actions;
  private final Session session;

  private Permissions(Node actions, Session session) {
    super(actions);
    this.actions = actions;
    this.session = session;
    Controls.shown(this, !session.profile().readOnly());
    allow();
  }

  /// For actions that stay on the screen: follows what the key may do.
  public static Node follow(Node actions, Session session) {
    var frame = new Permissions(actions, session);
    session.meta().addListener((_, _, _) -> frame.allow());
    return frame;
  }

  /// For actions that are drawn anew with each answer.
  public static Node now(Node actions, Session session) {
    return new Permissions(actions, session);
  }

  private void allow() {
    actions.setDisable(!session.mayOperate());
    say(this, reason, session.whyNot());
  }

  /// Says on what surrounds switched-off actions why they are; takes it back when they are not.
  public static void say(Node around, Tooltip reason, Optional<String> why) {
    String text = why.map("Not possible: "::concat).orElse("");
    if (text.equals(reason.getText())) {
      // With each answer anew it would vanish under the mouse.
      return;
    }
    reason.setText(text);
    Tooltip.uninstall(around, reason);
    if (!text.isEmpty()) {
      Tooltip.install(around, reason);
    }
  }
}
