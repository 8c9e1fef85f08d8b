package dev.sluice.admin.view.control;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.viewmodel.Session;
import java.util.Locale;

/// Colours that tell services apart.
public final class FrameColours {

  private FrameColours() {}

  public static String styleClass(Profile.Colour colour) {
    return "frame-" + colour.name().toLowerCase(Locale.ROOT);
  }

  /// The frame of a session: a service that says it is production is red, whatever its profile
  /// says.
  public static String styleClass(Session session) {
    return styleClass(session.isProduction() ? Profile.Colour.RED : session.profile().colour());
  }
}
