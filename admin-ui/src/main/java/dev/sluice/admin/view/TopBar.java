package dev.sluice.admin.view;

import dev.sluice.admin.model.Preferences;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.FrameColours;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.Link;
import dev.sluice.admin.viewmodel.Session;
import dev.sluice.admin.viewmodel.SessionModels;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/// The top bar: profile, environment, connection state, and whether live updates are on.
final class TopBar extends HBox {

  private final Console console;
  private final MenuButton profiles = new MenuButton("No service");
  private final Label environment = Controls.label("", "environment");
  private final Label readOnly = Controls.label("read-only", "environment", "frame-blue");
  private final Label link = Controls.label("", "chip");
  private final ToggleButton live = new ToggleButton();

  TopBar(Console console, Runnable palette) {
    super(10);
    this.console = console;
    setId("top-bar");
    getStyleClass().add("top-bar");
    setAlignment(Pos.CENTER_LEFT);
    profiles.setId("profiles");
    profiles.setMnemonicParsing(false);
    profiles.setGraphic(Icons.of(Feather.SERVER));
    Keys.on(profiles, "Shortcut+P", "Choose a profile");
    profiles.setAccessibleText("Profile");
    profiles.setOnShowing(_ -> fillProfiles());
    fillProfiles();
    link.setId("link-chip");
    live.setId("live");
    Keys.on(live, "Space", "Pause or resume live updates");
    live.selectedProperty().bindBidirectional(console.live());
    live.selectedProperty().addListener((_, _, _) -> showLive());
    console.settings().preferences().addListener((_, _, _) -> showLive());
    showLive();
    Button search = Controls.button("open-palette", "Commands", palette, "small", "flat");
    search.setGraphic(Icons.of(Feather.COMMAND));
    Keys.on(search, "Shortcut+K", "Find a command");
    Button theme =
        Controls.iconButton(
            "toggle-theme",
            Feather.SUN,
            "Shortcut+Shift+T",
            "Switch between light and dark",
            () -> toggle(console));
    getChildren()
        .addAll(profiles, environment, readOnly, link, Controls.spring(), search, live, theme);
    console.models().addListener((_, _, now) -> follow(now));
    follow(console.models().get());
  }

  /// Switches between the light and the dark theme.
  static void toggle(Console console) {
    console
        .settings()
        .change(
            before ->
                before.withTheme(
                    before.theme() == Preferences.Theme.DARK
                        ? Preferences.Theme.LIGHT
                        : Preferences.Theme.DARK));
  }

  private void fillProfiles() {
    profiles
        .getItems()
        .setAll(
            console.settings().preferences().get().profiles().stream().map(this::item).toList());
  }

  private MenuItem item(Profile profile) {
    return Controls.menuItem(
        profile.name() + "   " + profile.address(), () -> console.use(profile));
  }

  void openProfiles() {
    profiles.requestFocus();
    profiles.show();
  }

  private void showLive() {
    int seconds = console.settings().preferences().get().intervalSeconds();
    boolean on = live.isSelected() && seconds > 0;
    live.setText(on ? "Live, " + seconds + " s" : "Paused");
    live.setGraphic(Icons.of(on ? Feather.PLAY : Feather.PAUSE));
    live.setAccessibleText(on ? "Live" : "Paused");
  }

  private void follow(Optional<SessionModels> models) {
    models
        .map(SessionModels::session)
        .ifPresent(
            session -> {
              session.link().addListener((_, _, _) -> show(session));
              session.meta().addListener((_, _, _) -> show(session));
            });
    Controls.shown(link, models.isPresent());
    Controls.shown(environment, false);
    Controls.shown(readOnly, false);
    profiles.setText("No service");
    models.map(SessionModels::session).ifPresent(this::show);
  }

  private void show(Session session) {
    boolean current =
        console.models().get().map(models -> models.session().equals(session)).orElse(false);
    if (!current) {
      return;
    }
    profiles.setText(session.profile().name());
    Controls.shown(readOnly, session.profile().readOnly());
    var meta = session.meta().get();
    environment.setText(meta == null ? "" : meta.environment());
    Controls.dress(environment, "frame-", FrameColours.styleClass(session));
    Controls.shown(environment, meta != null);
    showLink(session.link().get());
  }

  private void showLink(Link state) {
    record Look(String text, Feather icon, String style) {}
    Look look =
        switch (state) {
          case Link.Connecting _ -> new Look("connecting", Feather.LOADER, "status-received");
          case Link.Live _ -> new Look("live", Feather.CHECK, "status-completed");
          case Link.Stale _ -> new Look("stale", Feather.ALERT_TRIANGLE, "status-retrying");
          case Link.Offline _ -> new Look("offline", Feather.CLOUD_OFF, "status-failed");
          case Link.Busy _ -> new Look("busy", Feather.CLOCK, "status-retrying");
          case Link.KeyRefused _ -> new Look("key rejected", Feather.KEY, "status-failed");
          case Link.Forbidden _ -> new Look("not allowed", Feather.LOCK, "status-failed");
          case Link.Mismatch _ -> new Look("incompatible", Feather.ALERT_TRIANGLE, "status-failed");
        };
    if (!look.text.equals(link.getText())) {
      link.setText(look.text);
      link.setGraphic(Icons.of(look.icon));
      Controls.dress(link, "status-", look.style);
    }
  }
}
