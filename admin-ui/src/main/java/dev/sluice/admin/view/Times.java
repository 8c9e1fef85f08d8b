package dev.sluice.admin.view;

import dev.sluice.admin.model.Preferences;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.poll.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Times as the user wants them, and the second that it is.
public final class Times {

  private final Timer timer;
  private final Supplier<Preferences> preferences;
  private final ReadOnlyObjectWrapper<Instant> second;

  /// Stands still before [#start].
  public Times(Timer timer, Supplier<Preferences> preferences) {
    this.timer = timer;
    this.preferences = preferences;
    this.second = new ReadOnlyObjectWrapper<>(timer.now());
  }

  /// Goes on by the second, for as long as the program runs.
  public void start() {
    var ticks = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), _ -> tick()));
    ticks.setCycleCount(Animation.INDEFINITE);
    ticks.play();
  }

  void tick() {
    second.set(timer.now());
  }

  /// Changes once a second; for what is counted from it.
  ReadOnlyObjectProperty<Instant> second() {
    return second.getReadOnlyProperty();
  }

  Instant now() {
    return timer.now();
  }

  ZoneId zone() {
    return preferences.get().zone() == Preferences.Zone.UTC
        ? ZoneOffset.UTC
        : ZoneId.systemDefault();
  }

  /// For a table.
  String shortTime(Instant time) {
    return Texts.time(time, second.get(), zone());
  }

  /// With everything that is known of it.
  String fullTime(Instant time) {
    return Texts.fullTime(time, zone());
  }

  /// How long ago, or how far ahead.
  String distance(Instant time) {
    return Texts.distance(time, second.get());
  }

  /// The same, kept right from second to second.
  StringBinding running(Supplier<String> text) {
    return Bindings.createStringBinding(text::get, second);
  }

  /// How old something is.
  Duration age(Instant time) {
    Duration age = Duration.between(time, second.get());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
