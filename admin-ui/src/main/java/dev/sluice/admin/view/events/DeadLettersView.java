package dev.sluice.admin.view.events;

import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Permissions;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.DeadLettersModel;
import dev.sluice.admin.viewmodel.EventsModel;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The dead letters screen: error groups on the left, the dead letters of a group on the right.
public final class DeadLettersView extends StackPane implements ListScreen {

  private final ViewContext at;
  private final DeadLettersModel model;
  private final EventList list;
  private final QueryBar query;

  public DeadLettersView(ViewContext at) {
    this.at = at;
    this.model = at.models().deadLetters();
    this.query = new QueryBar(at, model.events(), "Filter: type:order.*  age:<1h  text:\"4711\"");
    this.list = new EventList(at, model.events(), "dead-letters-table", DeadLettersView::none);
    var groups = new GroupList(at);
    var left =
        new VBox(
            8,
            Controls.label("Error groups", "title-4"),
            Hints.failure(model.groups(), at),
            Controls.grow(groups));
    left.setPadding(new Insets(16, 8, 12, 16));
    left.setMinWidth(240);
    var right = new VBox(10, head(), query, Controls.grow(list));
    right.setPadding(new Insets(16, 16, 12, 8));
    right.setMinWidth(0);
    var split = new SplitPane(left, right);
    split.setDividerPositions(0.29);
    SplitPane.setResizableWithParent(left, false);
    getChildren().add(split);
  }

  private static VBox none() {
    return Hints.middle(
        Feather.CHECK_CIRCLE,
        "No dead letters",
        "Everything received was processed or is still in progress.");
  }

  private VBox head() {
    Label scope =
        Controls.label(
            Bindings.createStringBinding(
                () -> Hints.capital(model.scope()),
                model.group(),
                model.groups().value(),
                model.events().query()),
            "title-4");
    scope.setMinWidth(0);
    Button marked =
        Controls.button("replay-marked", "", () -> onMarked(EventAction.REPLAY), "small");
    Keys.on(marked, "R", "Replay the selected events");
    EventsModel events = model.events();
    marked
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> "Replay selected (" + events.selection().get().size() + ")",
                events.selection()));
    marked.accessibleTextProperty().bind(marked.textProperty());
    marked.disableProperty().bind(events.selection().map(Set::isEmpty));
    Button all =
        Controls.button(
            "replay-all",
            "Replay all of these",
            () -> onAll(EventAction.REPLAY),
            "small",
            "accent");
    Keys.on(all, "Shift+R", "Plan a replay of all of these");
    all.setGraphic(Icons.of(Feather.ROTATE_CCW));
    Button discard =
        Controls.button(
            "discard-all", "Discard all of these", () -> onAll(EventAction.DISCARD), "small");
    Keys.on(discard, "Shift+D", "Plan to discard all of these");
    discard.setGraphic(Icons.of(Feather.TRASH_2));
    var actions = new FlowPane(8, 8, marked, all, discard);
    return Controls.column(8, scope, Permissions.follow(actions, at.models().session()));
  }

  @Override
  public void onMarked(EventAction eventAction) {
    if (!model.events().selection().get().isEmpty()) {
      // Each of these had a failed delivery when it was listed; others must not be repeated.
      SelectionDialog.open(at, eventAction, model.events().selection().get(), Set.of());
    }
  }

  @Override
  public void onAll(EventAction eventAction) {
    at.console()
        .bulk(eventAction, model.events().filter(), model.scope())
        .ifPresent(bulk -> BulkDialog.open(at, bulk));
  }

  @Override
  public EventsModel events() {
    return model.events();
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
