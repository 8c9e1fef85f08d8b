package dev.sluice.admin.viewmodel;

import java.time.Instant;
import java.util.Optional;

/// What only asks for anything while it is on the screen.
interface ScreenLifecycle {

  /// It is on the screen: begins to ask.
  void show();

  /// It is not any more: asks nothing.
  void hide();

  /// Asks for all of it now.
  void refresh();

  /// When what it shows was answered.
  Optional<Instant> asOf();

  /// Ends for good.
  void close();
}
