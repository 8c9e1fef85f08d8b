package dev.sluice.admin;

import dev.sluice.admin.model.SettingsFiles;
import dev.sluice.admin.poll.Lanes;
import dev.sluice.admin.poll.Threads;
import dev.sluice.admin.view.ConsoleView;
import dev.sluice.admin.view.control.Theme;
import dev.sluice.admin.view.control.Times;
import dev.sluice.admin.viewmodel.Console;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.scene.Scene;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The console as a desktop program with one window.
public final class ConsoleApplication extends Application {

  /// Shows every screen once and exits, to record the loaded classes for the AOT cache of later
  /// starts.
  static final String WARM_UP = "--warm-up";

  private final Threads threads = new Threads();
  private @Nullable Console console;
  private @Nullable Times times;

  @Override
  public void start(Stage stage) {
    Theme.loadFonts();
    Lanes lanes = threads.lanes(Platform::runLater);
    boolean warmUp = getParameters().getRaw().contains(WARM_UP);
    var running = new Console(lanes, warmUp ? new WarmUp() : new SettingsFiles(settingsFolder()));
    console = running;
    var clock = new Times(lanes.timer(), running.settings().preferences()::get);
    var view = new ConsoleView(running, clock, name -> chooseFile(stage, name));
    Scene scene = view.scene(1_280, 820);
    stage.setScene(scene);
    stage.getIcons().setAll(Theme.icons());
    stage.setMinWidth(900);
    stage.setMinHeight(600);
    stage
        .titleProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    running
                        .models()
                        .get()
                        .map(models -> models.session().profile().name() + " – Sluice")
                        .orElse("Sluice"),
                running.models()));
    stage.focusedProperty().addListener((_, _, has) -> running.focused(has));
    times = clock;
    clock.start();
    stage.show();
    if (warmUp) {
      WarmUp.run(running);
    } else {
      running.connect(getParameters().getUnnamed().stream().findFirst());
    }
  }

  private static Path settingsFolder() {
    return SettingsFiles.usualFolder(
        System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("os.name"));
  }

  private static Optional<Path> chooseFile(Stage stage, String name) {
    var chooser = new FileChooser();
    chooser.setInitialFileName(name);
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter("Comma-separated values", "*.csv"),
            new FileChooser.ExtensionFilter("Newline-delimited JSON", "*.ndjson"));
    return Optional.ofNullable(chooser.showSaveDialog(stage)).map(File::toPath);
  }

  @Override
  public void stop() {
    if (times != null) {
      times.stop();
    }
    if (console != null) {
      console.close();
    }
    threads.close();
  }
}
