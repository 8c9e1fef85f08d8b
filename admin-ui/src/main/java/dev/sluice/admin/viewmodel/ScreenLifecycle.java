package dev.sluice.admin.viewmodel;

import java.time.Instant;
import java.util.Optional;

/// A part of the console that polls only while it is on the screen.
interface ScreenLifecycle {

  /// Starts polling, because it is now on the screen.
  void show();

  /// Stops polling, because it is no longer on the screen.
  void hide();

  /// Refreshes everything now.
  void refresh();

  /// Returns when its data was received.
  Optional<Instant> asOf();

  /// Stops polling for good.
  void close();
}
