package dev.sluice.admin;

import dev.sluice.admin.model.Keyring;
import dev.sluice.admin.model.Preferences;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.model.SettingsStore;
import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.Screen;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.util.Duration;

/// A tour of all screens for the AOT cache. It connects to no service and saves no settings.
final class WarmUp implements SettingsStore {

  /// Nothing listens on this port: the connection is refused at once.
  private static final String NOBODY = "http://127.0.0.1:9";

  private static final Duration A_SCREEN = Duration.millis(200);

  /// Shows one screen after the other and exits.
  static void run(Console console) {
    console.connect(Optional.of(NOBODY));
    Deque<Screen> left = new ArrayDeque<>(List.of(Screen.values()));
    var tour = new Timeline();
    tour.getKeyFrames()
        .add(
            new KeyFrame(
                A_SCREEN,
                _ -> {
                  if (left.isEmpty()) {
                    tour.stop();
                    Platform.exit();
                  } else {
                    console.show(left.removeFirst());
                  }
                }));
    tour.setCycleCount(Screen.values().length + 1);
    tour.play();
  }

  @Override
  public Preferences preferences() {
    return Preferences.DEFAULT.withProfile("", Profile.of("warm-up", NOBODY));
  }

  @Override
  public Keyring keys() {
    return Keyring.EMPTY;
  }

  @Override
  public void save(Preferences preferences) {
    // The tour saves nothing.
  }

  @Override
  public void save(Keyring keys) {
    // The tour saves nothing.
  }
}
