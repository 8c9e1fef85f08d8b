package dev.sluice.admin.view;

import dev.sluice.admin.model.Preferences;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.MemoryStore;
import dev.sluice.admin.testing.TestLanes;
import dev.sluice.admin.view.control.Ticks;
import dev.sluice.admin.view.control.Times;
import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.Screen;
import dev.sluice.admin.viewmodel.SessionModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;

/// A console in an invisible window, connected to a fake service. Time moves only when a test moves
/// it, and requests complete on the toolkit's thread: the same steps give the same picture.
public final class Stand implements AutoCloseable {

  public final FakeService service;
  final TestLanes lanes = new TestLanes();
  public final Console console;
  private final Times times;
  private final ConsoleView view;
  private final Scene scene;
  private final Stage stage;
  private Optional<Path> file = Optional.empty();

  Stand(FakeService service, double width, double height, Preferences.Theme theme) {
    Fx.begin();
    this.service = service;
    var store = new MemoryStore();
    this.console = Fx.get(() -> new Console(lanes.lanes(), store));
    Fx.run(() -> console.settings().change(before -> before.withTheme(theme)));
    this.times = Fx.get(() -> new Times(lanes.timer(), console.settings().preferences()::get));
    this.view = Fx.get(() -> new ConsoleView(console, times, _ -> file));
    this.scene = Fx.get(() -> view.scene(width, height));
    this.stage =
        Fx.get(
            () -> {
              var made = new Stage();
              made.setScene(scene);
              made.show();
              return made;
            });
  }

  /// Creates a console with sample data, in the larger size.
  public static Stand lively() {
    return new Stand(FakeService.lively(), 1_440, 900, Preferences.Theme.LIGHT);
  }

  /// Connects with a profile name that is the same in each run.
  public Stand connect() {
    return connect(
        new Profile("staging", service.address(), false, Profile.Colour.AMBER, List.of()));
  }

  Stand connect(Profile profile) {
    Fx.run(
        () -> {
          console.settings().save("", profile, Optional.empty());
          console.use(profile);
        });
    return settled();
  }

  public Stand show(Screen screen) {
    Fx.run(() -> console.show(screen));
    return settled();
  }

  public Stand open(String id) {
    Fx.run(() -> models().open(id));
    return settled();
  }

  /// Moves the clock of the service requests and of the second-by-second displays.
  public Stand seconds(int count) {
    Fx.run(
        () -> {
          lanes.timer().advance(Duration.ofSeconds(count));
          Ticks.pass(times);
        });
    return settled();
  }

  public Stand settled() {
    Fx.settle();
    Fx.run(
        () -> {
          view.applyCss();
          view.layout();
        });
    Fx.settle();
    return this;
  }

  public SessionModels models() {
    return console.models().get().orElseThrow();
  }

  public ConsoleView view() {
    return view;
  }

  public Scene scene() {
    return scene;
  }

  Stage stage() {
    return stage;
  }

  /// Sets the result of the next file dialog.
  void choose(Path chosen) {
    file = Optional.of(chosen);
  }

  /// Returns the visible node with an id.
  public <T extends Node> T node(String id, Class<T> type) {
    return Fx.get(
        () ->
            type.cast(
                view.lookupAll("*").stream()
                    .filter(node -> id.equals(node.getId()) && isSeen(node))
                    .findFirst()
                    .orElseThrow(
                        () -> new AssertionError("there is no visible node with the id " + id))));
  }

  public boolean sees(String id) {
    return Fx.get(
        () ->
            view.lookupAll("*").stream().anyMatch(node -> id.equals(node.getId()) && isSeen(node)));
  }

  public static boolean isSeen(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  /// Returns all visible texts, in no particular order.
  public String text() {
    return Fx.get(
        () ->
            String.join(
                "\n",
                view.lookupAll("*").stream()
                    .filter(node -> node instanceof Labeled && isSeen(node))
                    .map(node -> ((Labeled) node).getText())
                    .filter(text -> text != null && !text.isEmpty())
                    .toList()));
  }

  @Override
  public void close() {
    Fx.run(
        () -> {
          stage.close();
          console.close();
        });
    service.close();
  }
}
