package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.SubscriptionRequests.Lane;
import dev.sluice.admin.api.SubscriptionRequests.LaneAction;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Field;
import dev.sluice.admin.model.Term;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Permissions;
import dev.sluice.admin.view.control.Redraw;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.LanesModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The blocked lanes of an ordered subscription, with what can be done with each.
final class LanesCard extends VBox {

  private final ViewContext at;
  private final LanesModel model;
  private final Label count = Controls.label("", "muted");
  private final VBox lanes = new VBox(10);
  private List<Lane> drawn = List.of();

  LanesCard(ViewContext at, LanesModel model) {
    super(10);
    this.at = at;
    this.model = model;
    setId("lanes-card");
    getStyleClass().add("card");
    getChildren()
        .addAll(
            Controls.row(10, Controls.label("Blocked lanes", "card-title"), count),
            Hints.failure(model.blocked(), at),
            lanes);
    lanes.getChildren().setAll(Hints.skeleton(1));
    model.blocked().value().addListener((_, _, _) -> refresh());
    model.isOrdered().addListener((_, _, _) -> refresh());
    refresh();
  }

  private void refresh() {
    Controls.shown(this, model.isOrdered().get());
    model.blocked().last().ifPresent(this::show);
  }

  private void show(List<Lane> now) {
    if (!now.isEmpty() && now.equals(drawn)) {
      return;
    }
    drawn = now;
    count.setText(now.size() < LanesModel.MOST ? "" : "the first " + LanesModel.MOST);
    List<Node> nodes = new ArrayList<>();
    now.forEach(lane -> nodes.add(lane(lane)));
    if (now.isEmpty()) {
      nodes.add(Controls.label("No lane is blocked.", "muted"));
    }
    Redraw.keepingFocus(lanes, nodes);
  }

  private VBox lane(Lane lane) {
    Label key = Controls.label(lane.key(), "mono");
    key.setMinWidth(0);
    var head = new Hyperlink(lane.head());
    head.setId("lane-head-" + lane.head());
    head.setMinWidth(0);
    String title = "Event " + lane.head() + ", which blocks lane " + lane.key();
    head.setAccessibleText(title);
    head.setOnAction(_ -> at.console().showEvents(only(lane.head())));
    Keys.link(head, title);
    Label waiting =
        Controls.label(
            at.times()
                .running(
                    () ->
                        Texts.count(lane.behind())
                            + " waiting, blocked "
                            + at.times().distance(lane.since())),
            "muted");
    waiting.setMinWidth(Region.USE_PREF_SIZE);
    Label error =
        Controls.label(lane.lastError() == null ? "" : lane.lastError().summary(), "muted");
    error.setMinWidth(0);
    return Controls.column(
        2,
        Controls.row(8, Icons.of(Feather.LOCK), key, head, Controls.spring(), waiting),
        Controls.row(8, error, Controls.spring(), actions(lane)));
  }

  private static EventQuery only(String id) {
    return new EventQuery(List.of(new Term(Field.ID, id)), List.of());
  }

  private Node actions(Lane lane) {
    var buttons = new HBox(6);
    for (LaneAction action : LaneAction.values()) {
      Button button =
          Controls.button(
              "lane-" + action.name().toLowerCase(Locale.ROOT) + "-" + lane.head(),
              action.title(),
              () -> model.act(lane, action),
              "small");
      button.setAccessibleText(action.title() + " event " + lane.head() + " of lane " + lane.key());
      button.setTooltip(new Tooltip(action.explained()));
      buttons.getChildren().add(button);
    }
    return Permissions.now(buttons, at.models().session());
  }
}
