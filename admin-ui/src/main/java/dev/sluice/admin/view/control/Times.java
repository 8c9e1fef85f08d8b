package dev.sluice.admin.view.control;

import dev.sluice.admin.model.Preferences;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.poll.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Formats times according to the settings, and provides a clock that ticks every second.
public final class Times {

  private final Timer timer;
  private final Supplier<Preferences> preferences;
  private final ReadOnlyObjectWrapper<Instant> second;
  private Runnable waiting = () -> {};
  private boolean stopped;

  /// Creates a clock that does not tick before [#start].
  public Times(Timer timer, Supplier<Preferences> preferences) {
    this.timer = timer;
    this.preferences = preferences;
    this.second = new ReadOnlyObjectWrapper<>(timer.now());
  }

  /// Ticks every second until [#stop].
  ///
  /// Does not use an animation: while one runs the toolkit draws sixty times a second, which costs
  /// more than everything else that an idle console does.
  public void start() {
    waiting =
        timer.after(
            Duration.ofSeconds(1),
            () ->
                Platform.runLater(
                    () -> {
                      if (!stopped) {
                        tick();
                        start();
                      }
                    }));
  }

  /// Stops ticking.
  public void stop() {
    stopped = true;
    waiting.run();
  }

  void tick() {
    second.set(timer.now());
  }

  /// Returns the current time, updated once a second, for bindings.
  public ReadOnlyObjectProperty<Instant> second() {
    return second.getReadOnlyProperty();
  }

  public Instant now() {
    return timer.now();
  }

  public ZoneId zone() {
    return preferences.get().zone() == Preferences.Zone.UTC
        ? ZoneOffset.UTC
        : ZoneId.systemDefault();
  }

  /// Formats a time for a table.
  public String shortTime(Instant time) {
    return Texts.time(time, second.get(), zone());
  }

  /// Formats a time to the second, for a sentence.
  public String clock(Instant time) {
    return Texts.clock(time, second.get(), zone());
  }

  /// Formats a time with date and time zone.
  public String fullTime(Instant time) {
    return Texts.fullTime(time, zone());
  }

  /// Formats how long ago a time was, or how far ahead it is.
  public String distance(Instant time) {
    return Texts.distance(time, second.get());
  }

  /// Returns a binding that computes a text every second.
  public StringBinding running(Supplier<String> text) {
    return Bindings.createStringBinding(text::get, second);
  }

  /// Returns how long ago a time was; zero if it is in the future.
  public Duration age(Instant time) {
    Duration age = Duration.between(time, second.get());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
