package dev.sluice.admin.viewmodel;

import java.util.function.BooleanSupplier;

/// A command that the user can run by a key, from the command palette or with a button.
///
/// @param id identifier for the list of shortcuts and for tests
/// @param title title in the command palette
/// @param keys key combination such as `Shortcut+K`; empty for none
/// @param enabled whether the command is available now
public record Command(
    String id, String title, String keys, BooleanSupplier enabled, Runnable action) {

  /// Runs the command if it is available.
  public void run() {
    if (enabled.getAsBoolean()) {
      action.run();
    }
  }

  /// Returns the key combination for display; empty if there is none.
  public String keyText() {
    return keys.replace("Shortcut", "Ctrl").replace("PLUS", "plus").replace("MINUS", "minus");
  }

  /// Returns the title followed by the key, for a tooltip.
  public String hint() {
    return keys.isEmpty() ? title : title + " (" + keyText() + ")";
  }
}
