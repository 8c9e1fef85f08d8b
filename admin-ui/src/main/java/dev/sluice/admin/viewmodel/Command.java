package dev.sluice.admin.viewmodel;

import java.util.function.BooleanSupplier;

/// Something that the user can have done, by a key, from the palette, or with a button.
///
/// @param id for the key list and for tests
/// @param title in the palette
/// @param keys such as `Shortcut+K`; empty when there is none
/// @param enabled whether it is offered now
public record Command(
    String id, String title, String keys, BooleanSupplier enabled, Runnable action) {

  /// Does it, if it is offered.
  public void run() {
    if (enabled.getAsBoolean()) {
      action.run();
    }
  }

  /// Its key as it is printed; empty when it has none.
  public String keyText() {
    return keys.replace("Shortcut", "Ctrl").replace("PLUS", "plus").replace("MINUS", "minus");
  }

  /// Its title with its key behind it, for a tooltip.
  public String hint() {
    return keys.isEmpty() ? title : title + " (" + keyText() + ")";
  }
}
