package dev.sluice.admin.view;

import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Times;
import dev.sluice.admin.view.control.WeakListeners;
import dev.sluice.admin.viewmodel.Link;
import dev.sluice.admin.viewmodel.Session;
import java.time.Duration;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/// Banner above stale data: how old it is, why, and when the next retry is. Also warns about clock
/// skew.
final class Banner extends HBox {

  private static final Duration SKEW = Duration.ofSeconds(30);

  private final Session session;
  private final Times times;
  private final Label text = Controls.label("", "banner-text");
  private final Button retry;

  Banner(Session session, Times times) {
    super(10);
    this.session = session;
    this.times = times;
    this.retry = Controls.button("retry-now", "Retry now", session::retry, "small");
    Keys.on(retry, "F5", "Retry now");
    setId("banner");
    getStyleClass().add("banner");
    setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    text.setMinWidth(0);
    getChildren().addAll(Icons.of(Feather.ALERT_TRIANGLE), text, Controls.spring(), retry);
    session.link().addListener((_, _, _) -> refresh());
    session.meta().addListener((_, _, _) -> refresh());
    session.clockSkew().addListener((_, _, _) -> refresh());
    WeakListeners.listen(this, times.second(), this::refresh);
    refresh();
  }

  private void refresh() {
    String said =
        switch (session.link().get()) {
          case Link.Stale(String why, var _, var _) -> "STALE " + age() + ": " + why + again();
          case Link.Offline(String why, var _) -> "OFFLINE " + age() + ": " + why + again();
          case Link.Busy(int status, String why, var _) ->
              "The service is busy (" + status + "): " + why + again();
          case Link.Live _ -> skew();
          case Link.Connecting _, Link.KeyRefused _, Link.Forbidden _, Link.Mismatch _ -> "";
        };
    text.setText(said);
    // Before the first response the whole screen shows the state.
    Controls.shown(this, !said.isEmpty() && session.meta().get() != null);
    Controls.shown(retry, !session.link().get().isLive());
  }

  private String age() {
    return session.lastAnswer().map(last -> Texts.duration(times.age(last))).orElse("");
  }

  private String again() {
    return session
        .link()
        .get()
        .nextTry()
        .filter(next -> next.isAfter(times.second().get()))
        .map(next -> ". Retry " + times.distance(next))
        .orElse("");
  }

  private String skew() {
    Duration skew = session.clockSkew().get();
    // Not Duration.abs(), which computes with BigDecimal: this runs every second.
    if (Math.abs(skew.toMillis()) < SKEW.toMillis()) {
      return "";
    }
    return "The service's clock is "
        + Texts.duration(skew.abs())
        + (skew.isNegative() ? " behind" : " ahead of")
        + " this computer's. Ages and countdowns are off by that much.";
  }
}
