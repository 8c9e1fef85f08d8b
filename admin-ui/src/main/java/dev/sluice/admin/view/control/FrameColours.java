package dev.sluice.admin.view.control;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.viewmodel.Session;
import java.util.Locale;

/// Style classes for the frame colours that distinguish services.
public final class FrameColours {

  private FrameColours() {}

  public static String styleClass(Profile.Colour colour) {
    return "frame-" + colour.name().toLowerCase(Locale.ROOT);
  }

  /// Returns the frame colour of a session: red if the service reports that it is production,
  /// whatever the profile says.
  public static String styleClass(Session session) {
    return styleClass(session.isProduction() ? Profile.Colour.RED : session.profile().colour());
  }
}
