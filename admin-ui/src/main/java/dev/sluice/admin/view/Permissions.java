package dev.sluice.admin.view;

import dev.sluice.admin.viewmodel.Session;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;

/// Offers actions as profile and key allow.
final class Permissions {

  private Permissions() {}

  /// Hides actions where the profile is read-only; switches them off, with the reason, where the
  /// key is not enough.
  static void showActions(Node actions, Session session) {
    Controls.shown(actions, !session.profile().readOnly());
    session.meta().addListener((_, _, _) -> allow(actions, session));
    allow(actions, session);
  }

  /// The same for nodes that are drawn anew with each answer.
  static void showNow(Node actions, Session session) {
    Controls.shown(actions, !session.profile().readOnly());
    allow(actions, session);
  }

  private static void allow(Node actions, Session session) {
    actions.setDisable(!session.mayOperate());
    session
        .whyNot()
        .ifPresent(why -> Tooltip.install(actions, new Tooltip("Not possible: " + why)));
  }
}
