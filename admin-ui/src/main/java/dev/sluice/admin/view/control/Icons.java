package dev.sluice.admin.view.control;

import dev.sluice.admin.api.Status;
import dev.sluice.admin.viewmodel.Screen;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Icons, all from the Feather family.
public final class Icons {

  private Icons() {}

  public static FontIcon of(Feather icon) {
    var made = new FontIcon(icon);
    made.getStyleClass().add("icon");
    return made;
  }

  public static Feather of(Status status) {
    return switch (status) {
      case RECEIVED -> Feather.CLOCK;
      case PROCESSING -> Feather.PLAY;
      case RETRYING -> Feather.ROTATE_CW;
      case COMPLETED -> Feather.CHECK;
      case FAILED -> Feather.ALERT_OCTAGON;
      case CANCELLED -> Feather.SLASH;
      case EXPIRED -> Feather.CLOCK;
      case UNROUTED -> Feather.CORNER_DOWN_RIGHT;
      case UNKNOWN -> Feather.HELP_CIRCLE;
    };
  }

  public static Feather of(Screen screen) {
    return switch (screen) {
      case OVERVIEW -> Feather.ACTIVITY;
      case EVENTS -> Feather.LIST;
      case DEAD_LETTERS -> Feather.ALERT_OCTAGON;
      case SUBSCRIPTIONS -> Feather.SHARE_2;
      case LANES -> Feather.ALIGN_LEFT;
      case SCHEDULES -> Feather.CALENDAR;
      case NODES -> Feather.SERVER;
      case ACTIVITY -> Feather.BOOK_OPEN;
      case SETTINGS -> Feather.SETTINGS;
    };
  }
}
