package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.LaneRequests;
import dev.sluice.admin.api.LaneRequests.Lane;
import dev.sluice.admin.api.LaneRequests.LaneAction;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Field;
import dev.sluice.admin.model.Term;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
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
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The lanes of an ordered subscription, blocked ones first, with what can be done with each, and a
/// field that finds the lane of a key.
final class LanesCard extends VBox {

  private final ViewContext at;
  private final LanesModel model;
  private final Label count = Controls.label("", "muted");
  private final TextField search = new TextField();
  private final HBox allBlocked = new HBox(6);
  private final VBox lanes = new VBox(10);
  private Optional<LanesModel.Lanes> drawn = Optional.empty();

  LanesCard(ViewContext at, LanesModel model) {
    super(10);
    this.at = at;
    this.model = model;
    setId("lanes-card");
    getStyleClass().add("card");
    search.setId("lane-search");
    search.setPromptText("Key of a lane");
    search.setAccessibleText("Find the lane of a key");
    Keys.on(search, "Alt+K", "Find the lane of a key");
    search.setOnAction(_ -> model.search(search.getText()));
    search.textProperty().addListener((_, _, text) -> clearSearch(text));
    getChildren()
        .addAll(
            Controls.row(
                10, Controls.label("Lanes", "card-title"), count, Controls.spring(), search),
            Hints.failure(model.lanes(), at),
            Permissions.now(allBlocked, at.models().session()),
            lanes);
    allBlocked.getChildren().setAll(blockedButtons());
    Controls.shown(allBlocked, false);
    lanes.getChildren().setAll(Hints.skeleton(1));
    model.lanes().value().addListener((_, _, _) -> refresh());
    model.isOrdered().addListener((_, _, _) -> refresh());
    refresh();
  }

  /// Moves the focus to the field for a key.
  void focusSearch() {
    search.requestFocus();
    search.selectAll();
  }

  private void clearSearch(String text) {
    if (text.isBlank()) {
      model.search("");
    }
  }

  private void refresh() {
    Controls.shown(this, model.isOrdered().get());
    model.lanes().last().ifPresent(this::show);
  }

  private void show(LanesModel.Lanes now) {
    if (drawn.filter(now::equals).isPresent()) {
      return;
    }
    drawn = Optional.of(now);
    count.setText(summary(now));
    Controls.shown(allBlocked, now.key().isEmpty() && now.blocked() > 1);
    List<Node> nodes = new ArrayList<>();
    now.found().forEach(lane -> nodes.add(lane(lane)));
    if (now.found().isEmpty()) {
      nodes.add(
          Controls.paragraph(
              now.key().isEmpty()
                  ? "Nothing waits in a lane, and none is blocked."
                  : "No delivery with the key " + now.key() + " is unfinished.",
              "muted"));
    }
    Redraw.keepingFocus(lanes, nodes);
  }

  private static String summary(LanesModel.Lanes now) {
    String blocked = now.blocked() == 0 ? "none blocked" : now.blocked() + " blocked";
    if (!now.key().isEmpty()) {
      return "";
    }
    return now.found().size() < LanesModel.MOST
        ? blocked
        : blocked + ", the first " + LanesModel.MOST;
  }

  private List<Button> blockedButtons() {
    List<Button> buttons = new ArrayList<>();
    for (LaneAction action : LaneAction.values()) {
      Button button =
          Controls.button(
              "lanes-" + wireName(action), action.title() + " all", () -> ask(action), "small");
      button.setTooltip(new Tooltip("All blocked lanes. " + action.explained(true)));
      buttons.add(button);
    }
    return buttons;
  }

  private void ask(LaneAction action) {
    Runnable act =
        () -> {
          at.overlay().close();
          model.actOnBlocked(action);
        };
    var dialog =
        new Dialog(action.title() + " all blocked lanes", 460)
            .with(
                Controls.paragraph(
                    "Of each blocked lane: "
                        + action.explained(true).toLowerCase(Locale.ROOT)
                        + ". If there are more than "
                        + LaneRequests.MOST_AT_ONCE
                        + ", only the first are changed.",
                    "muted"))
            .buttons(
                Controls.button("leave-lanes", "Cancel", at.overlay()::close),
                Controls.button("confirm-lanes", action.title() + " all", act, "danger"));
    at.overlay().open(dialog, () -> {});
  }

  private static String wireName(LaneAction action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  private VBox lane(Lane lane) {
    Label key = Controls.label(lane.key(), "mono");
    key.setMinWidth(0);
    Label waiting = Controls.label(at.times().running(() -> state(lane)), "muted");
    waiting.setMinWidth(Region.USE_PREF_SIZE);
    Label error =
        Controls.label(lane.lastError() == null ? "" : lane.lastError().summary(), "muted");
    error.setMinWidth(0);
    VBox all =
        Controls.column(
            2,
            Controls.row(
                8,
                Icons.of(lane.blocked() ? Feather.LOCK : Feather.ARROW_RIGHT),
                key,
                event("lane-head-", lane.head(), "at the head of lane " + lane.key()),
                Controls.spring(),
                waiting),
            Controls.row(8, error, Controls.spring(), actions(lane)));
    Optional.ofNullable(lane.eventsBehind())
        .filter(events -> !events.isEmpty())
        .ifPresent(events -> all.getChildren().add(behind(lane, events)));
    return all;
  }

  private String state(Lane lane) {
    String state = lane.blocked() ? "blocked" : "head " + lane.state().wireName();
    return Texts.count(lane.behind())
        + " waiting, "
        + state
        + " for "
        + Texts.duration(at.times().age(lane.since()));
  }

  private FlowPane behind(Lane lane, List<String> events) {
    var links = new FlowPane(8, 2, Controls.label("then", "muted"));
    events.forEach(
        id -> links.getChildren().add(event("lane-behind-", id, "behind in lane " + lane.key())));
    if (lane.behind() > events.size()) {
      links.getChildren().add(Controls.label("and more", "muted"));
    }
    return links;
  }

  private Hyperlink event(String prefix, String id, String place) {
    var link = new Hyperlink(id);
    link.setId(prefix + id);
    link.setMinWidth(0);
    String title = "Event " + id + ", " + place;
    link.setAccessibleText(title);
    link.setOnAction(
        _ -> at.console().showEvents(new EventQuery(List.of(new Term(Field.ID, id)), List.of())));
    return Keys.link(link, title);
  }

  private Node actions(Lane lane) {
    var buttons = new HBox(6);
    for (LaneAction action : LaneAction.values()) {
      if (lane.allows(action)) {
        buttons.getChildren().add(button(lane, action));
      }
    }
    return Permissions.now(buttons, at.models().session());
  }

  private Button button(Lane lane, LaneAction action) {
    Button button =
        Controls.button(
            "lane-" + wireName(action) + "-" + lane.head(),
            action.title(),
            () -> model.act(lane, action),
            "small");
    button.setAccessibleText(action.title() + " event " + lane.head() + " of lane " + lane.key());
    button.setTooltip(new Tooltip(action.explained(lane.blocked())));
    return button;
  }
}
