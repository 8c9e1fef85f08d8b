package dev.sluice.admin.view.settings;

import dev.sluice.admin.model.Preferences;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.view.control.Choices;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.FrameColours;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Overlay;
import dev.sluice.admin.view.control.Redraw;
import dev.sluice.admin.view.control.WeakListeners;
import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.SettingsModel;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The settings screen: profiles, display and updates.
public final class SettingsView extends StackPane {

  private final Console console;
  private final Overlay overlay;
  private final SettingsModel model;
  private final VBox profiles = new VBox(8);

  public SettingsView(Console console, Overlay overlay) {
    this.console = console;
    this.overlay = overlay;
    this.model = console.settings();
    Button add =
        Controls.button("add-profile", "Add a profile", () -> edit(Optional.empty()), "small");
    add.setGraphic(Icons.of(Feather.PLUS));
    Keys.on(add, "A", "Add a profile");
    var content =
        new VBox(
            14,
            Controls.label("Settings", "title-4"),
            card(
                Controls.row(8, Controls.label("Profiles", "card-title"), Controls.spring(), add),
                profiles),
            card(Controls.label("Display and updates", "card-title"), choices()));
    content.setMaxWidth(860);
    getChildren().add(Controls.scrolling(content));
    WeakListeners.listen(this, model.preferences(), this::fillProfiles);
    fillProfiles();
  }

  private static VBox card(Node... nodes) {
    return Controls.styled(Controls.column(12, nodes), "card");
  }

  private void fillProfiles() {
    Redraw.keepingFocus(
        profiles, model.preferences().get().profiles().stream().map(this::row).toList());
  }

  private HBox row(Profile profile) {
    boolean current =
        console
            .models()
            .get()
            .map(models -> models.session().profile().name().equals(profile.name()))
            .orElse(false);
    var mark = new javafx.scene.layout.Region();
    mark.getStyleClass().addAll("profile-mark", FrameColours.styleClass(profile.colour()));
    Label name = Controls.label(profile.name(), "group-title");
    Button use =
        Controls.button(
            "use-" + profile.name(),
            current ? "In use" : "Use",
            () -> console.use(profile),
            "small");
    Keys.on(use, "U", "Use " + profile.name());
    use.setDisable(current);
    Button edit =
        Controls.button(
            "edit-" + profile.name(), "Edit", () -> edit(Optional.of(profile)), "small", "flat");
    Keys.on(edit, "E", "Edit " + profile.name());
    Button remove =
        Controls.button(
            "remove-" + profile.name(), "Remove", () -> remove(profile), "small", "flat");
    Keys.on(remove, "Delete", "Remove " + profile.name());
    remove.setDisable(current);
    return Controls.row(
        10,
        mark,
        name,
        Controls.label(profile.address(), "mono", "muted"),
        Controls.label(profile.readOnly() ? "read-only" : "", "muted"),
        Controls.label(model.key(profile).isPresent() ? "with a key" : "", "muted"),
        Controls.spring(),
        use,
        edit,
        remove);
  }

  /// Opens the form for a profile, or for a new one.
  void edit(Optional<Profile> profile) {
    var form = new ProfileForm(model, profile);
    Button save =
        Controls.button(
            "save-profile",
            "Save",
            () ->
                form.save(
                    saved -> {
                      overlay.close();
                      useIfCurrent(profile, saved);
                    }),
            "accent");
    var dialog =
        new Dialog(profile.map(p -> "Profile " + p.name()).orElse("New profile"), 520)
            .with(form)
            .buttons(
                form.testButton(),
                Controls.button("leave-profile", "Cancel", overlay::close),
                save);
    overlay.open(dialog, () -> {});
  }

  private void useIfCurrent(Optional<Profile> before, Profile saved) {
    Optional<String> inUse =
        console.models().get().map(models -> models.session().profile().name());
    boolean current = inUse.isEmpty() || inUse.equals(before.map(Profile::name));
    if (current) {
      console.use(saved);
    }
  }

  private void remove(Profile profile) {
    Button yes =
        Controls.button(
            "confirm-remove",
            "Remove",
            () -> {
              overlay.close();
              model.remove(profile.name());
            },
            "danger");
    var dialog =
        new Dialog("Remove the profile " + profile.name() + "?", 420)
            .with(Controls.paragraph("This also removes its key and its saved views.", "muted"))
            .buttons(Controls.button("keep-profile", "Keep it", overlay::close), yes);
    overlay.open(dialog, () -> {});
  }

  private GridPane choices() {
    var grid = new GridPane(14, 10);
    choice(
        grid,
        "Theme",
        "T",
        "theme",
        List.of(Preferences.Theme.values()),
        Preferences::theme,
        Preferences::withTheme,
        value ->
            value.name().charAt(0) + value.name().substring(1).toLowerCase(java.util.Locale.ROOT));
    choice(
        grid,
        "Rows",
        "W",
        "density",
        List.of(Preferences.Density.values()),
        Preferences::density,
        Preferences::withDensity,
        value -> value == Preferences.Density.COMPACT ? "Compact" : "Comfortable");
    choice(
        grid,
        "Times",
        "Z",
        "zone",
        List.of(Preferences.Zone.values()),
        Preferences::zone,
        Preferences::withZone,
        value -> value == Preferences.Zone.UTC ? "UTC" : "Local time zone");
    choice(
        grid,
        "Update every",
        "I",
        "interval",
        Preferences.INTERVALS,
        Preferences::intervalSeconds,
        Preferences::withInterval,
        seconds -> seconds == 0 ? "only on request (F5)" : seconds + " s");
    addFontSize(grid);
    return grid;
  }

  private void addFontSize(GridPane grid) {
    var size =
        new Spinner<Integer>(
            Preferences.SMALLEST_FONT,
            Preferences.LARGEST_FONT,
            model.preferences().get().fontSize());
    size.setId("font-size");
    size.getEditor().setAccessibleText("Font size in pixels");
    Keys.on(size, "F", "Font size");
    size.valueProperty()
        .addListener((_, _, now) -> model.change(before -> before.withFontSize(now)));
    WeakListeners.listen(
        size,
        model.preferences(),
        () -> size.getValueFactory().setValue(model.preferences().get().fontSize()));
    grid.addRow(grid.getRowCount(), Controls.label("Font size", "muted"), size);
  }

  private <V> void choice(
      GridPane grid,
      String title,
      String keys,
      String id,
      List<V> values,
      Function<Preferences, V> get,
      BiFunction<Preferences, V, Preferences> with,
      Function<V, String> name) {
    var box = new ChoiceBox<V>();
    box.setId(id);
    box.getItems().setAll(values);
    box.setConverter(Choices.named(name));
    box.setValue(get.apply(model.preferences().get()));
    box.setAccessibleText(title);
    Keys.on(box, keys, title);
    box.setPrefWidth(220);
    box.setOnAction(_ -> model.change(before -> with.apply(before, box.getValue())));
    WeakListeners.listen(
        box, model.preferences(), () -> box.setValue(get.apply(model.preferences().get())));
    grid.addRow(grid.getRowCount(), Controls.label(title, "muted"), box);
  }
}
