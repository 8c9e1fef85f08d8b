package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Destination;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Columns;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Theme;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.control.WeakListeners;
import dev.sluice.admin.viewmodel.SubscriptionRow;
import dev.sluice.admin.viewmodel.SubscriptionsModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;

/// The rows of the list. The model keeps the selection as a name, so that it follows a row that
/// moves.
final class SubscriptionTable extends StackPane {

  private final ViewContext at;
  private final SubscriptionsModel model;
  private final TableView<SubscriptionRow> table =
      Columns.table("subscriptions-table", "Subscriptions by name. Enter opens a subscription");

  /// Set while the selection is restored, when the table's own selection is wrong.
  private boolean restoring;

  SubscriptionTable(ViewContext at, Node nothing) {
    this.at = at;
    this.model = at.models().subscriptions();
    // Before the table's own listener, which drops the selection of rows that move.
    model.rows().shown().addListener((ListChangeListener<SubscriptionRow>) _ -> keepSelection());
    table.setItems(model.rows().shown());
    table.setPlaceholder(new StackPane(nothing));
    addColumns();
    table.setRowFactory(_ -> row());
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, row) -> select(Optional.ofNullable(row)));
    model.rows().selected().addListener((_, _, _) -> restore());
    table.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    WeakListeners.listen(this, at.console().settings().preferences(), this::setRowHeight);
    setRowHeight();
    getChildren().add(table);
    restore();
  }

  private void setRowHeight() {
    table.setFixedCellSize(Theme.rowHeight(at.console().settings().preferences().get()));
  }

  private void addColumns() {
    var state =
        Columns.<SubscriptionRow, Subscription>drawn(
            "State",
            112,
            row -> row.data().map(SubscriptionRow.Data::subscription),
            StateCell::new);
    state.setMinWidth(112);
    TableColumn<SubscriptionRow, String> name =
        column("Name", 230, data -> data.subscription().name(), "mono");
    name.setMinWidth(150);
    table
        .getColumns()
        .setAll(
            List.of(
                name,
                state,
                column("Event types", 260, data -> types(data.subscription())),
                from(1_000, column("Destination", 100, SubscriptionTable::destination)),
                number("Waiting", 84, data -> data.figures().waitingText()),
                from(860, number("Oldest", 112, data -> data.figures().oldestText())),
                number("Rate/s", 84, data -> data.figures().rateText()),
                number("Success", 90, data -> data.figures().successText()),
                number("Dead letters", 104, data -> data.figures().deadText()),
                from(1_100, number("Blocked lanes", 110, SubscriptionTable::blockedLanes))));
  }

  private static TableColumn<SubscriptionRow, String> number(
      String title, double width, Function<SubscriptionRow.Data, String> value) {
    TableColumn<SubscriptionRow, String> column = column(title, width, value, "number", "mono");
    column.setMinWidth(width);
    return column;
  }

  private static TableColumn<SubscriptionRow, String> column(
      String title, double width, Function<SubscriptionRow.Data, String> value, String... classes) {
    return Columns.text(title, width, row -> row.data().map(value), classes);
  }

  /// Hides a column in tables narrower than a width.
  private TableColumn<SubscriptionRow, String> from(
      double width, TableColumn<SubscriptionRow, String> column) {
    table.widthProperty().addListener((_, _, now) -> column.setVisible(now.doubleValue() >= width));
    return column;
  }

  private static String types(Subscription subscription) {
    String types = String.join(", ", subscription.types());
    return subscription.filter() == null ? types : types + "  + filter";
  }

  private static String destination(SubscriptionRow.Data data) {
    Destination to = data.subscription().destination();
    return to.host().orElse(to.kind());
  }

  private static String blockedLanes(SubscriptionRow.Data data) {
    Subscription subscription = data.subscription();
    return subscription.blockedLanes() == null ? "" : Texts.count(subscription.blocked());
  }

  private static final class StateCell extends TableCell<SubscriptionRow, Subscription> {

    private final Label chip = Controls.label("", "chip");

    @Override
    protected void updateItem(Subscription subscription, boolean empty) {
      super.updateItem(subscription, empty);
      if (empty || subscription == null) {
        setGraphic(null);
      } else {
        Facts.showState(chip, subscription);
        setGraphic(chip);
      }
    }
  }

  private TableRow<SubscriptionRow> row() {
    var row = new TableRow<SubscriptionRow>();
    row.setOnMouseClicked(
        event -> {
          if (event.getButton() == MouseButton.PRIMARY
              && event.getClickCount() == 2
              && !row.isEmpty()) {
            model.open(row.getItem().name());
          }
        });
    return row;
  }

  private void keyPressed(KeyEvent event) {
    SubscriptionRow row = table.getSelectionModel().getSelectedItem();
    if (event.getCode() == KeyCode.ENTER && row != null) {
      event.consume();
      model.open(row.name());
    }
  }

  private void select(Optional<SubscriptionRow> row) {
    if (!restoring) {
      model.rows().select(row.map(SubscriptionRow::name));
    }
  }

  private void keepSelection() {
    restoring = true;
    Platform.runLater(this::restore);
  }

  /// Selects the row that the model names, wherever it is now.
  private void restore() {
    restoring = true;
    Optional<String> wanted = model.rows().selected().get();
    Optional<SubscriptionRow> row =
        table.getItems().stream()
            .filter(some -> wanted.filter(some.name()::equals).isPresent())
            .findFirst();
    if (row.isEmpty()) {
      table.getSelectionModel().clearSelection();
    } else if (!row.get().equals(table.getSelectionModel().getSelectedItem())) {
      table.getSelectionModel().select(row.get());
    }
    restoring = false;
  }

  /// Moves down by a number of rows, first of all to the first row.
  void step(int by) {
    int last = table.getItems().size() - 1;
    if (last >= 0) {
      int now = table.getSelectionModel().getSelectedIndex();
      int next = now < 0 ? 0 : Math.clamp(now + by, 0, last);
      table.getSelectionModel().clearAndSelect(next);
      table.scrollTo(Math.max(0, next - 3));
    }
  }

  void focusRows() {
    table.requestFocus();
  }
}
