package dev.sluice.admin.view.events;

import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.EventsModel;
import dev.sluice.admin.viewmodel.RowList;
import java.util.function.Supplier;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// A table of events with its button for new events, its empty state and its footer.
public final class EventList extends VBox {

  private final EventsModel model;
  private final RowList list;
  private final EventTable table;
  private final StackPane stage = new StackPane();
  private final Supplier<Node> nothing;
  private final Label size = Controls.label("", "muted");
  private final Label marked = Controls.label("", "muted");
  private final Button more;

  /// What is shown now, so that it is not drawn again with each response.
  private String showing = "";

  /// @param nothing empty state, shown when there are no events at all
  EventList(ViewContext at, EventsModel model, String id, Supplier<Node> nothing) {
    super(6);
    this.model = model;
    this.list = model.list();
    this.nothing = nothing;
    this.table = new EventTable(at, model, id);
    this.more = Controls.button("load-more", "Retry loading more", list::loadMore, "small");
    Keys.on(more, "M", "Retry loading more rows");
    Button pill = Controls.button("new-events", "", list::showWaiting, "pill", "accent");
    pill.textProperty().bind(list.waiting().map(waiting -> "↑ " + waiting.text() + " (N)"));
    Keys.on(pill, "N", "Show new events");
    Controls.shownWhen(pill, list.waiting().map(waiting -> waiting.count() > 0));
    StackPane.setAlignment(pill, Pos.TOP_CENTER);
    HBox foot = Controls.row(14, size, more, Controls.spring(), marked);
    foot.getStyleClass().add("list-foot");
    var layers = new StackPane(stage, pill);
    getChildren().addAll(Hints.failure(list.rounds(), at), Controls.grow(layers), foot);
    InvalidationListener changed = (Observable _) -> refresh();
    list.rows().addListener(changed);
    list.begun().addListener(changed);
    list.complete().addListener(changed);
    list.moreFault().addListener(changed);
    model.selection().addListener(changed);
    refresh();
  }

  private void refresh() {
    boolean asked = list.begun().get();
    String wanted =
        list.rows().isEmpty() ? (asked ? "none " + model.query().get() : "wait") : "rows";
    if (!wanted.equals(showing)) {
      showing = wanted;
      stage.getChildren().setAll(list.rows().isEmpty() ? inPlaceOfRows(asked) : table);
    }
    size.setText(list.rows().isEmpty() ? "" : EventTable.size(list));
    int count = model.selection().get().size();
    marked.setText(count == 0 ? "" : count + " selected");
    Controls.shown(more, list.moreFault().get().isPresent());
  }

  private Node inPlaceOfRows(boolean asked) {
    if (!asked) {
      return Hints.skeleton(9);
    }
    if (model.query().get().isAll()) {
      return nothing.get();
    }
    return Hints.middle(
        Feather.FILTER,
        "No matching events",
        "No event matches “" + model.query().get() + "”.",
        Keys.on(
            Controls.button("show-all", "Show all", () -> model.apply(EventQuery.ALL), "accent"),
            "A",
            "Clear the query"));
  }

  /// Moves a number of rows down and focuses the row.
  public void step(int by) {
    focusRows();
    table.move(by);
  }

  /// Selects or deselects the focused row.
  public void toggleMark() {
    focusRows();
    table.toggleMark();
  }

  /// Moves the focus to the rows.
  public void focusRows() {
    table.table().requestFocus();
  }
}
