package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Columns;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.RowScreen;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.LanesModel;
import dev.sluice.admin.viewmodel.OrderedSubscriptionsModel;
import dev.sluice.admin.viewmodel.Screen;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The lanes screen: the ordered subscriptions, those with blocked lanes first, and beside them the
/// lanes of the selected one.
public final class LanesView extends VBox implements RowScreen {

  private static final double LIST_WIDTH = 380;

  private final ViewContext at;
  private final OrderedSubscriptionsModel model;
  private final TableView<Subscription> table =
      Columns.table(
          "ordered-table", "Ordered subscriptions, those with the most blocked lanes first");
  private final Label size = Controls.label("", "muted");
  private final Label chosen = Controls.label("", "card-title", "mono");
  private final StackPane stage = new StackPane(Hints.skeleton(6));
  private final VBox lanes = new VBox(12);
  private final HBox both;
  private Optional<LanesCard> card = Optional.empty();

  /// Set while the table gets new rows, when its selection is not the user's.
  private boolean restoring;

  public LanesView(ViewContext at) {
    super(10);
    this.at = at;
    this.model = at.models().ordered();
    this.both = new HBox(12, table, Controls.grow(Controls.scrolling(lanes)));
    setPadding(new Insets(16, 16, 12, 16));
    lanes.setPadding(new Insets(0, 0, 12, 0));
    table.setMinWidth(260);
    table.setPrefWidth(LIST_WIDTH);
    addColumns();
    getChildren()
        .addAll(
            Controls.row(12, Controls.label("Lanes", "title-4"), size),
            Hints.failure(model.ordered(), at),
            Controls.grow(stage));
    table.getSelectionModel().selectedItemProperty().addListener((_, _, row) -> selected(row));
    model.ordered().value().addListener((_, _, _) -> refresh());
    model.selected().addListener((_, _, now) -> showLanes(now));
    showLanes(model.selected().get());
    refresh();
  }

  private void addColumns() {
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.<Subscription>fixed("Subscription", 180, Subscription::name, "mono"),
                Columns.<Subscription>fixed(
                    "Blocked lanes",
                    110,
                    one -> one.blockedLanes() == null ? "–" : Texts.count(one.blocked()),
                    "number",
                    "mono"),
                Columns.<Subscription>fixed("Waiting", 84, LanesView::waiting, "number", "mono")));
  }

  private static String waiting(Subscription one) {
    return one.deliveries() == null
        ? "–"
        : Texts.count(one.deliveries().waiting())
            + (one.deliveries().isWaitingAtLeast() ? "+" : "");
  }

  private void selected(@Nullable Subscription row) {
    if (row != null && !restoring) {
      model.select(row.name());
    }
  }

  private void refresh() {
    model.ordered().last().ifPresent(this::show);
  }

  private void show(List<Subscription> ordered) {
    size.setText(ordered.size() == 1 ? "1 ordered subscription" : summary(ordered.size()));
    if (ordered.isEmpty()) {
      stage.getChildren().setAll(none());
    } else if (!stage.getChildren().contains(both)) {
      stage.getChildren().setAll(both);
    }
    if (!ordered.equals(table.getItems())) {
      restoring = true;
      table.getItems().setAll(ordered);
      restoring = false;
    }
    mark();
  }

  private static String summary(int ordered) {
    return ordered == 0 ? "" : Texts.count(ordered) + " ordered subscriptions";
  }

  private VBox none() {
    Button subscriptions =
        Controls.button(
            "to-subscriptions",
            "Show subscriptions",
            () -> at.console().show(Screen.SUBSCRIPTIONS));
    Keys.on(subscriptions, "Shortcut+" + Screen.SUBSCRIPTIONS.digit(), "Show subscriptions");
    return Hints.middle(
        Feather.ALIGN_LEFT,
        "No subscription is ordered",
        "An ordered subscription processes the events of each key one after another. Each key has"
            + " its own lane.",
        subscriptions);
  }

  /// Marks the selected subscription, wherever its row is now.
  private void mark() {
    Optional<String> name = model.selected().get().map(LanesModel::name);
    table.getItems().stream()
        .filter(row -> name.filter(row.name()::equals).isPresent())
        .filter(row -> !row.equals(table.getSelectionModel().getSelectedItem()))
        .findFirst()
        .ifPresent(table.getSelectionModel()::select);
  }

  private void showLanes(Optional<LanesModel> now) {
    card = now.map(shown -> new LanesCard(at, shown));
    chosen.setText(now.map(LanesModel::name).orElse(""));
    card.ifPresentOrElse(
        shown -> lanes.getChildren().setAll(Controls.row(10, chosen, open()), shown),
        lanes.getChildren()::clear);
    mark();
  }

  private Button open() {
    Button open = Controls.button("open-ordered", "Open subscription", this::openSelected, "small");
    open.setGraphic(Icons.of(Feather.MAXIMIZE_2));
    return Keys.on(open, "O", "Open the page of the selected subscription");
  }

  private void openSelected() {
    model
        .selected()
        .get()
        .ifPresent(
            shown -> {
              at.console().show(Screen.SUBSCRIPTIONS);
              at.models().subscriptions().open(shown.name());
            });
  }

  @Override
  public void step(int by) {
    focusRows();
    int last = table.getItems().size() - 1;
    if (last >= 0) {
      int now = table.getSelectionModel().getSelectedIndex();
      table.getSelectionModel().clearAndSelect(now < 0 ? 0 : Math.clamp(now + by, 0, last));
    }
  }

  @Override
  public void focusRows() {
    table.requestFocus();
  }

  @Override
  public void focusQuery() {
    card.ifPresent(LanesCard::focusSearch);
  }
}
