package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.SubscriptionAttempt;
import dev.sluice.admin.model.StatusClass;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.Polled;
import dev.sluice.admin.viewmodel.ReceiverModel;
import java.util.List;
import java.util.Locale;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The newest attempts of a webhook subscription, by class of status, and the selected one.
final class AttemptsCard extends VBox {

  private final ViewContext at;
  private final ReceiverModel model;
  private final StackPane failure = new StackPane();
  private final AttemptTable table;
  private final AttemptPane selected;
  private final Label hint = Controls.label("", "muted");
  private final Node skeleton = Hints.skeleton(3);
  private final ChangeListener<Object> changed = (_, _, _) -> refresh();

  AttemptsCard(ViewContext at, ReceiverModel model) {
    super(10);
    this.at = at;
    this.model = model;
    this.table = new AttemptTable(at, model);
    this.selected = new AttemptPane(at);
    setId("attempts-card");
    getStyleClass().add("card");
    hint.setId("attempts-hint");
    getChildren().addAll(head(), failure, skeleton, table, hint, selected);
    model
        .attempts()
        .addListener(
            (_, before, polled) -> {
              // The value without a filter is one that is used again.
              before.value().removeListener(changed);
              before.failure().removeListener(changed);
              follow(polled);
            });
    model.selected().addListener((_, _, _) -> refresh());
    follow(model.attempts().get());
  }

  private HBox head() {
    var classes = new HBox();
    classes.getStyleClass().add("segments");
    var group = new ToggleGroup();
    for (StatusClass status : StatusClass.values()) {
      var button = new ToggleButton(status.title());
      button.setId("attempts-" + status.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      button.setToggleGroup(group);
      button.setSelected(status == model.filter().get());
      String title = "Attempts by status: " + status.title();
      button.setAccessibleText(title);
      Keys.on(button, "Alt+" + (classes.getChildren().size() + 1), title);
      button.setOnAction(
          _ -> {
            button.setSelected(true);
            model.filter().set(status);
          });
      classes.getChildren().add(button);
    }
    return Controls.row(
        10, Controls.label("Newest attempts", "card-title"), Controls.spring(), classes);
  }

  private void follow(Polled<List<SubscriptionAttempt>> polled) {
    failure.getChildren().setAll(Hints.failure(polled, at));
    failure.managedProperty().bind(failure.getChildren().getFirst().visibleProperty());
    polled.value().addListener(changed);
    polled.failure().addListener(changed);
    refresh();
  }

  /// Shows the attempts, or that there are none, that they are being read, or that they cannot be.
  private void refresh() {
    Polled<List<SubscriptionAttempt>> polled = model.attempts().get();
    List<SubscriptionAttempt> attempts = model.listed();
    boolean isRead = polled.last().isPresent();
    boolean isLoading = !isRead && polled.failure().get().isEmpty();
    table.show(attempts);
    hint.setText(isRead ? emptyHint() : "The attempts could not be read.");
    model.selected().get().ifPresent(selected::show);
    Controls.shown(skeleton, isLoading);
    Controls.shown(table, !attempts.isEmpty());
    Controls.shown(hint, attempts.isEmpty() && !isLoading);
    Controls.shown(selected, model.selected().get().isPresent());
  }

  private String emptyHint() {
    return switch (model.filter().get()) {
      case ALL -> "No attempts yet.";
      case NONE -> "No recent attempts without a response.";
      case SUCCESS, REDIRECTION, CLIENT_ERROR, SERVER_ERROR ->
          "No recent attempts with a status of " + model.filter().get().title() + ".";
    };
  }
}
