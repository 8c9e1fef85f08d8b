package dev.sluice.admin.poll;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How often the service is asked, as the user and the window have it: the same for all pollers.
public final class Tempo {

  /// A window that nobody works in is served less often by this factor.
  static final int UNFOCUSED = 5;

  private final List<Runnable> listeners = new ArrayList<>();
  private Duration interval;
  private boolean live = true;
  private boolean focused = true;
  private boolean stopped;

  /// With the shortest time between two requests of a kind.
  public Tempo(Duration interval) {
    this.interval = interval;
  }

  /// Changes the shortest time between two requests of a kind.
  public void setInterval(Duration interval) {
    this.interval = interval;
    changed();
  }

  /// Whether anything is asked without being told to.
  public void setLive(boolean live) {
    this.live = live;
    changed();
  }

  /// Whether the window has the keyboard.
  public void setFocused(boolean focused) {
    this.focused = focused;
    changed();
  }

  /// Stops all asking, for a key that was refused: to send it again could only do harm.
  public void stop() {
    stopped = true;
    changed();
  }

  /// Whether all asking was stopped.
  public boolean isStopped() {
    return stopped;
  }

  /// Begins again after [#stop].
  public void restart() {
    stopped = false;
    changed();
  }

  /// The time between two requests of a kind that is never asked more often than this.
  ///
  /// @param evenPaused whether it goes on while the user wants nothing asked
  /// @return empty when nothing is to be asked
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

  /// Has something done with each change.
  ///
  /// @return ends that
  Runnable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void changed() {
    List.copyOf(listeners).forEach(Runnable::run);
  }
}
