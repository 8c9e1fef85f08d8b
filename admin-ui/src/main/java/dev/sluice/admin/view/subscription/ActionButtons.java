package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Permissions;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.SubscriptionsModel;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.kordamp.ikonli.feather.Feather;

/// The buttons that pause or resume a subscription and show its events.
final class ActionButtons {

  private final ViewContext at;
  private final SubscriptionsModel model;
  private final Supplier<Optional<Subscription>> meant;
  private final Button pause;
  private final Button events;

  /// @param meant the subscription that the buttons act on; empty when none is selected
  ActionButtons(ViewContext at, Supplier<Optional<Subscription>> meant) {
    this.at = at;
    this.model = at.models().subscriptions();
    this.meant = meant;
    this.pause = Controls.button("pause-subscription", "Pause", this::pauseOrResume, "small");
    Keys.on(pause, "P", "Pause or resume the subscription");
    this.events =
        Controls.button(
            "events-of-subscription",
            "Show events",
            () -> onMeant(some -> at.console().showEvents(Facts.eventsOf(some.name()))),
            "small");
    events.setGraphic(Icons.of(Feather.LIST));
    Keys.on(events, "V", "Events of the subscription");
    refresh();
  }

  Node pause() {
    return Permissions.follow(pause, at.models().session());
  }

  Node events() {
    return events;
  }

  private void pauseOrResume() {
    onMeant(
        some -> {
          if (some.paused() == null) {
            PauseDialog.open(at, model, Optional.of(some.name()));
          } else {
            model.resume(Optional.of(some.name()));
          }
        });
  }

  private void onMeant(Consumer<Subscription> action) {
    meant.get().ifPresentOrElse(action, () -> at.warn("Select a subscription first"));
  }

  /// Shows what the buttons would do now.
  void refresh() {
    boolean paused = meant.get().filter(some -> some.paused() != null).isPresent();
    String text = paused ? "Resume" : "Pause";
    if (pause.getGraphic() == null || !text.equals(pause.getText())) {
      pause.setText(text);
      pause.setAccessibleText(text);
      pause.setGraphic(Icons.of(paused ? Feather.PLAY : Feather.PAUSE));
    }
  }
}
