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

/// Times as the user wants them, and the second that it is.
public final class Times {

  private final Timer timer;
  private final Supplier<Preferences> preferences;
  private final ReadOnlyObjectWrapper<Instant> second;
  private Runnable waiting = () -> {};
  private boolean stopped;

  /// Stands still before [#start].
  public Times(Timer timer, Supplier<Preferences> preferences) {
    this.timer = timer;
    this.preferences = preferences;
    this.second = new ReadOnlyObjectWrapper<>(timer.now());
  }

  /// Goes on by the second, until it is stopped.
  ///
  /// Not by an animation: while one runs the toolkit draws sixty times a second, which costs more
  /// than all else that an idle console does.
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

  /// Stands still again.
  public void stop() {
    stopped = true;
    waiting.run();
  }

  void tick() {
    second.set(timer.now());
  }

  /// Changes once a second; for what is counted from it.
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

  /// For a table.
  public String shortTime(Instant time) {
    return Texts.time(time, second.get(), zone());
  }

  /// With everything that is known of it.
  public String fullTime(Instant time) {
    return Texts.fullTime(time, zone());
  }

  /// How long ago, or how far ahead.
  public String distance(Instant time) {
    return Texts.distance(time, second.get());
  }

  /// The same, kept right from second to second.
  public StringBinding running(Supplier<String> text) {
    return Bindings.createStringBinding(text::get, second);
  }

  /// How old something is.
  public Duration age(Instant time) {
    Duration age = Duration.between(time, second.get());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
