package dev.sluice.admin.poll;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The polling rate that the user and the window determine, the same for all pollers.
public final class Tempo {

  /// Factor by which a window without focus polls less often.
  static final int UNFOCUSED = 5;

  private final List<Runnable> listeners = new ArrayList<>();
  private Duration interval;
  private boolean live = true;
  private boolean focused = true;
  private boolean stopped;

  /// Sets the minimum interval between two requests of a kind.
  public Tempo(Duration interval) {
    this.interval = interval;
  }

  /// Changes the minimum interval between two requests of a kind.
  public void setInterval(Duration interval) {
    this.interval = interval;
    changed();
  }

  /// Turns automatic polling on or off.
  public void setLive(boolean live) {
    this.live = live;
    changed();
  }

  /// Records whether the window has the focus.
  public void setFocused(boolean focused) {
    this.focused = focused;
    changed();
  }

  /// Stops all polling because the key was rejected: sending it again could only do harm.
  public void stop() {
    stopped = true;
    changed();
  }

  /// Whether all polling is stopped.
  public boolean isStopped() {
    return stopped;
  }

  /// Restarts polling after [#stop].
  public void restart() {
    stopped = false;
    changed();
  }

  /// Returns the interval between two requests with a given minimum.
  ///
  /// @param evenPaused whether polling continues while the user has paused updates
  /// @return empty if nothing is polled
  Optional<Duration> period(Duration atLeast, boolean evenPaused) {
    if (stopped || !(live || evenPaused)) {
      return Optional.empty();
    }
    if (!live) {
      return Optional.of(atLeast.multipliedBy(UNFOCUSED));
    }
    Duration longer = interval.compareTo(atLeast) > 0 ? interval : atLeast;
    return Optional.of(focused ? longer : longer.multipliedBy(UNFOCUSED));
  }

  /// Runs a listener after each change.
  ///
  /// @return removes the listener
  Runnable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void changed() {
    List.copyOf(listeners).forEach(Runnable::run);
  }
}
