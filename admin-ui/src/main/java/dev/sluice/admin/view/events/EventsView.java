package dev.sluice.admin.view.events;

import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Permissions;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.EventsModel;
import java.util.List;
import java.util.Set;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The events screen: all events that match a query.
public final class EventsView extends VBox implements ListScreen {

  private static final List<Profile.SavedView> BUILT_IN =
      List.of(
          new Profile.SavedView("Waiting now", "status:received,retrying"),
          new Profile.SavedView("Failed in the last hour", "status:failed age:<1h"),
          new Profile.SavedView("Three or more attempts", "attempts:3.."));

  private final ViewContext at;
  private final EventsModel model;
  private final QueryBar query;
  private final EventList list;
  private final MenuButton views = new MenuButton("Views");

  public EventsView(ViewContext at) {
    super(10);
    this.at = at;
    this.model = at.models().events();
    this.query =
        new QueryBar(at, model, "status:failed  type:order.*  age:<1h  text:\"4711\"  id:…");
    this.list = new EventList(at, model, "events-table", () -> FirstEvent.hint(at));
    setPadding(new Insets(16, 16, 12, 16));
    views.setId("views");
    views.setAccessibleText("Views");
    views.setGraphic(Icons.of(Feather.BOOKMARK));
    Keys.on(views, "V", "Saved views");
    views.getStyleClass().add("small");
    views.setOnShowing(_ -> fillViews());
    fillViews();
    getChildren().addAll(head(), query, Controls.grow(list));
  }

  private VBox head() {
    Button send = Controls.button("send-event", "Send an event", this::send, "small");
    send.setGraphic(Icons.of(Feather.SEND));
    Keys.on(send, "Shortcut+N", "Write and send an event");
    Button export =
        Controls.button("export", "Export", () -> ExportDialog.open(at, model.filter()), "small");
    Keys.on(export, "Shortcut+E", "Export all matching events to a file");
    export.setGraphic(Icons.of(Feather.DOWNLOAD));
    Button replay =
        Controls.button(
            "replay-marked", "Replay selected", () -> onMarked(EventAction.REPLAY), "small");
    replay.setGraphic(Icons.of(Feather.ROTATE_CCW));
    Keys.on(replay, "R", "Replay the selected events");
    replay.disableProperty().bind(model.selection().map(Set::isEmpty));
    Button all =
        Controls.button(
            "replay-all", "Replay all matching", () -> onAll(EventAction.REPLAY), "small");
    Keys.on(all, "Shift+R", "Plan a replay of all matching events");
    Node actions = Permissions.follow(Controls.row(8, replay, all), at.models().session());
    Controls.shown(send, !at.models().session().profile().readOnly());
    var offered = new FlowPane(8, 8, actions, export, send);
    return Controls.column(
        8, Controls.row(8, Controls.label("Events", "title-4"), Controls.spring(), views), offered);
  }

  private void fillViews() {
    views.getItems().setAll(BUILT_IN.stream().map(this::item).toList());
    List<Profile.SavedView> own = profile().views();
    if (!own.isEmpty()) {
      views.getItems().add(new SeparatorMenuItem());
      own.forEach(view -> views.getItems().add(item(view)));
    }
    MenuItem save = Controls.menuItem("Save this query as a view …", this::saveView);
    save.setId("save-view");
    views.getItems().addAll(new SeparatorMenuItem(), save);
    if (!own.isEmpty()) {
      views.getItems().add(Controls.menuItem("Delete the view of this query", this::forgetView));
    }
  }

  private MenuItem item(Profile.SavedView view) {
    return Controls.menuItem(
        view.name() + "   " + view.query(), () -> model.apply(EventQuery.parse(view.query())));
  }

  /// Returns the current profile, whose views may have changed since the session started.
  private Profile profile() {
    Profile begun = at.models().session().profile();
    return at.console().settings().preferences().get().profile(begun.name()).orElse(begun);
  }

  private void keepViews(List<Profile.SavedView> changed) {
    Profile now = profile();
    at.console().settings().change(p -> p.withProfile(now.name(), now.withViews(changed)));
    fillViews();
  }

  public void saveView() {
    var name = new TextField();
    name.setId("view-name");
    name.setPromptText("View name");
    name.setAccessibleText("View name");
    Runnable save =
        () -> {
          if (!name.getText().isBlank()) {
            keepViews(model.viewsWith(name.getText().strip(), profile().views()));
            at.overlay().close();
          }
        };
    name.setOnAction(_ -> save.run());
    var dialog =
        new Dialog("Save this query as a view", 420)
            .with(Controls.label(model.query().get().toString(), "mono"), name)
            .buttons(
                Controls.button("leave-view", "Cancel", at.overlay()::close),
                Controls.button("keep-view", "Save", save, "accent"));
    at.overlay().open(dialog, () -> {});
  }

  private void forgetView() {
    String text = model.query().get().toString();
    keepViews(profile().views().stream().filter(view -> !view.query().equals(text)).toList());
  }

  public void send() {
    SendDialog.open(at);
  }

  @Override
  public void onMarked(EventAction eventAction) {
    if (!model.selection().get().isEmpty()) {
      SelectionDialog.open(at, eventAction, model.selection().get(), model.selectedWithoutFailed());
    }
  }

  @Override
  public void onAll(EventAction eventAction) {
    String scope =
        model.query().get().isAll() ? "all events" : "events that match " + model.query().get();
    at.console().bulk(eventAction, model.filter(), scope).ifPresent(b -> BulkDialog.open(at, b));
  }

  @Override
  public EventsModel events() {
    return model;
  }

  @Override
  public void step(int by) {
    list.step(by);
  }

  @Override
  public void focusRows() {
    list.focusRows();
  }

  @Override
  public void focusQuery() {
    query.focus();
  }

  @Override
  public EventList list() {
    return list;
  }
}
