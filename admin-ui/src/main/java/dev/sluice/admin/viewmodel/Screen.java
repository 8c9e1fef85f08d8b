package dev.sluice.admin.viewmodel;

/// The screens of the console, in the order of their keys.
public enum Screen {
  OVERVIEW("Overview", 1),
  EVENTS("Events", 2),
  DEAD_LETTERS("Dead letters", 3),
  SUBSCRIPTIONS("Subscriptions", 4),
  LANES("Lanes", 5),
  SCHEDULES("Schedules", 6),
  NODES("Nodes", 7),
  ACTIVITY("Activity", 8),
  SETTINGS("Settings", 9);

  private final String title;
  private final int digit;

  Screen(String title, int digit) {
    this.title = title;
    this.digit = digit;
  }

  /// Returns the label in the navigation rail.
  public String title() {
    return title;
  }

  /// Returns the digit that opens the screen together with Ctrl.
  public int digit() {
    return digit;
  }
}
