package dev.sluice.admin;

import javafx.application.Application;

/// Starts the console: `sluice-console [URL]`.
///
/// Separate from the application, because Java refuses to start an [Application] from the class
/// path.
public final class Launcher {

  private Launcher() {}

  /// Shows the window and returns when the user closes it.
  public static void main(String[] arguments) {
    Application.launch(ConsoleApplication.class, arguments);
  }
}
