package dev.sluice.admin.view;

import dev.sluice.admin.api.Filter;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.FileChoice;
import dev.sluice.admin.view.control.FrameColours;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Overlay;
import dev.sluice.admin.view.control.RowScreen;
import dev.sluice.admin.view.control.Theme;
import dev.sluice.admin.view.control.Times;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.events.ExportDialog;
import dev.sluice.admin.view.settings.FirstRunView;
import dev.sluice.admin.view.settings.SettingsView;
import dev.sluice.admin.viewmodel.Command;
import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.EventModel;
import dev.sluice.admin.viewmodel.Notice;
import dev.sluice.admin.viewmodel.Screen;
import dev.sluice.admin.viewmodel.SessionModels;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;

/// The content of the window.
public final class ConsoleView extends StackPane {

  private final Console console;
  private final Times times;
  private final FileChoice files;
  private final Overlay overlay = new Overlay();
  private final BorderPane frame = new BorderPane();
  private final StackPane stage = new StackPane();
  private final TopBar top;
  private final List<Command> commands;
  private Optional<SessionView> models = Optional.empty();

  /// Creates the content without a scene; see [#scene].
  public ConsoleView(Console console, Times times, FileChoice files) {
    this.console = console;
    this.times = times;
    this.files = files;
    this.top = new TopBar(console, this::openPalette);
    this.commands = new Commands(this, console).all();
    getStyleClass().add("console");
    frame.getStyleClass().add("console-frame");
    frame.setTop(top);
    frame.setLeft(new Rail(console));
    frame.setCenter(stage);
    frame.setBottom(new StatusLine(console, times));
    var toasts = new Toasts(console);
    StackPane.setAlignment(toasts, Pos.BOTTOM_RIGHT);
    getChildren().addAll(frame, overlay, toasts);
    console.models().addListener((_, _, now) -> follow(now));
    console.screen().addListener((_, _, _) -> showStage());
    follow(console.models().get());
  }

  /// Creates the scene, with keyboard shortcuts and style sheets.
  public Scene scene(double width, double height) {
    var scene = new Scene(this, width, height);
    // Otherwise the first control would have the focus, and Enter would open the profiles.
    requestFocus();
    Theme.apply(scene, console.settings().preferences().get());
    console.settings().preferences().addListener((_, _, now) -> Theme.apply(scene, now));
    new Shortcuts(
        scene, overlay, commands, why -> console.post(new Notice(Notice.Kind.WARNING, why)));
    return scene;
  }

  private void follow(Optional<SessionModels> now) {
    overlay.closeAll();
    models = now.map(d -> new SessionView(new ViewContext(console, d, times, overlay, files)));
    now.ifPresent(
        some -> {
          some.session().meta().addListener((_, _, _) -> showFrame());
          some.session().link().addListener((_, _, _) -> showFrame());
        });
    showFrame();
    showStage();
  }

  private void showStage() {
    if (models.isPresent()) {
      stage.getChildren().setAll(models.get());
    } else if (console.screen().get() == Screen.SETTINGS) {
      stage.getChildren().setAll(new SettingsView(console, overlay));
    } else {
      stage.getChildren().setAll(new FirstRunView(console));
    }
  }

  private void showFrame() {
    String colour =
        console
            .models()
            .get()
            .map(now -> FrameColours.styleClass(now.session()))
            .orElse(FrameColours.styleClass(Profile.Colour.NONE));
    Controls.dress(frame, "frame-", colour);
  }

  Optional<SessionView> models() {
    return models;
  }

  void openPalette() {
    PaletteView.open(overlay, offered());
  }

  void openKeys() {
    KeysDialog.open(overlay, offered());
  }

  /// Returns the commands and the controls of the current screen that have keys.
  private List<Command> offered() {
    Set<String> known =
        commands.stream()
            .filter(command -> command.enabled().getAsBoolean())
            .map(Command::keys)
            .collect(Collectors.toSet());
    Stream<Command> here =
        Keys.offered(frame).stream().filter(control -> !known.contains(control.keys()));
    return Stream.concat(commands.stream(), here).toList();
  }

  void openProfiles() {
    top.openProfiles();
  }

  /// Closes the open event, page or form; or moves the focus from the query to the rows.
  void closeTop() {
    if (models.map(SessionView::back).orElse(false)) {
      return;
    }
    Optional<SessionView> now = models.filter(at -> at.open().isEmpty());
    now.flatMap(SessionView::rows).ifPresent(RowScreen::focusRows);
    console.models().get().ifPresent(SessionModels::closeEvent);
  }

  void export(Filter filter) {
    models.ifPresent(at -> ExportDialog.open(at.place(), filter));
  }

  void copyCurl(EventModel model) {
    models.ifPresent(at -> at.place().copy("curl command", model.curl()));
  }
}
