package dev.sluice.admin.view.operate;

import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Redraw;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.Link;
import dev.sluice.admin.viewmodel.Screen;
import java.time.Instant;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;

/// The connection state in place of a screen without data: before the first response, and when
/// there is no response.
public final class LinkPane extends StackPane {

  private final ViewContext at;

  public LinkPane(ViewContext at) {
    this.at = at;
    setId("link-pane");
    getStyleClass().add("link-pane");
  }

  /// Whether a connection state leaves no data to show, not even stale data.
  public static boolean covers(Link link, boolean hasData) {
    return switch (link) {
      case Link.Live _ -> false;
      case Link.Connecting _ -> true;
      case Link.KeyRefused _, Link.Forbidden _, Link.Mismatch _ -> true;
      case Link.Stale _, Link.Offline _, Link.Busy _ -> !hasData;
    };
  }

  public void show(Link link) {
    Redraw.keepingFocus(this, java.util.List.of(node(link)));
  }

  private Node node(Link link) {
    String address = at.models().session().profile().address();
    return switch (link) {
      case Link.Connecting _, Link.Live _ -> Hints.skeleton(9);
      case Link.Stale(String why, var _, var next) -> offline(why, next);
      case Link.Offline(String why, var next) -> offline(why, next);
      case Link.Busy(int status, String why, var next) ->
          Hints.middle(
              Feather.CLOCK,
              "The service is busy (" + status + ")",
              Hints.capital(why) + ". " + again(next),
              retry("Retry now"));
      case Link.KeyRefused(String why) ->
          Hints.middle(
              Feather.KEY,
              "This service requires a key (401)",
              Hints.capital(why) + ". No more requests are sent until the profile has another key.",
              settings());
      case Link.Forbidden(String why) ->
          Hints.middle(
              Feather.LOCK,
              "This key has no access (403)",
              Hints.capital(why) + ".",
              settings(),
              retry("Try again"));
      case Link.Mismatch(String why) ->
          Hints.middle(
              Feather.ALERT_TRIANGLE,
              "Incompatible service",
              Hints.capital(why) + ". Check the address.",
              Controls.label(address, "mono"),
              settings(),
              retry("Try again"));
    };
  }

  private Node offline(String why, Optional<Instant> next) {
    return Hints.middle(
        Feather.CLOUD_OFF,
        "No connection",
        Hints.capital(why) + ". " + again(next),
        Controls.label(at.models().session().profile().address(), "mono"),
        Hints.line("./sluice serve", at),
        retry("Retry now"),
        settings());
  }

  private String again(Optional<Instant> next) {
    return next.filter(time -> time.isAfter(at.times().now()))
        .map(time -> "Next retry " + at.times().distance(time) + ".")
        .orElse("");
  }

  private Button retry(String text) {
    return Keys.on(
        Controls.button("retry-link", text, at.models().session()::retry, "accent"),
        "F5",
        "Retry now");
  }

  private Button settings() {
    Button open =
        Controls.button(
            "link-settings", "Open profiles", () -> at.console().show(Screen.SETTINGS), "flat");
    return Keys.on(open, "Shortcut+" + Screen.SETTINGS.digit(), "Open profiles");
  }
}
