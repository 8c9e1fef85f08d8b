package dev.sluice.admin.view.events;

import dev.sluice.admin.api.EventSummary;
import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Columns;
import dev.sluice.admin.view.control.StatusChip;
import dev.sluice.admin.view.control.Theme;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.control.WeakListeners;
import dev.sluice.admin.viewmodel.EventRow;
import dev.sluice.admin.viewmodel.EventsModel;
import dev.sluice.admin.viewmodel.RowList;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.TableViewSkin;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;

/// The rows of an event list. The model keeps the selection as ids, so that it follows rows that
/// move.
final class EventTable extends StackPane {

  private static final PseudoClass GONE = PseudoClass.getPseudoClass("gone");
  private static final PseudoClass OPEN = PseudoClass.getPseudoClass("opened");

  private final ViewContext at;
  private final EventsModel model;
  private final TableView<EventRow> table;

  /// Set while the selection is restored, when the table's own selection is wrong.
  private boolean restoring;

  /// Whether rows are selected one by one, so that the selection stays while the focus moves.
  private boolean oneByOne;

  EventTable(ViewContext at, EventsModel model, String id) {
    this.at = at;
    this.model = model;
    this.table = Columns.table(id, "Events, newest first. Enter opens an event");
    // Before the table's own listener, which drops the selection of rows that move.
    model.list().rows().addListener((ListChangeListener<EventRow>) this::rowsChanged);
    table.setItems(model.list().rows());
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    addColumns();
    table.setRowFactory(_ -> new Row());
    table
        .getSelectionModel()
        .getSelectedItems()
        .addListener((ListChangeListener<EventRow>) _ -> keepSelection());
    table.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    table.skinProperty().addListener((_, _, _) -> watchScrolling());
    WeakListeners.listen(this, at.console().settings().preferences(), this::setRowHeight);
    setRowHeight();
    getChildren().add(table);
  }

  private void setRowHeight() {
    table.setFixedCellSize(Theme.rowHeight(at.console().settings().preferences().get()));
  }

  private void addColumns() {
    var status =
        Columns.<EventRow, Status>drawn(
            "Status", 118, row -> row.data().map(EventSummary::status), StatusCell::new);
    status.setMinWidth(112);
    var received =
        column("Received", 118, event -> at.times().shortTime(event.receivedAt()), "mono");
    received.setMinWidth(108);
    var id = column("Event id", 290, EventSummary::eventId, "mono");
    id.setMinWidth(176);
    table
        .getColumns()
        .setAll(
            List.of(
                status,
                received,
                id,
                from(420, column("Type", 150, EventSummary::eventType)),
                from(800, column("Key", 110, EventTable::keyOrSource)),
                from(700, column("Attempts", 84, EventTable::attempts, "number", "mono")),
                from(1_000, column("Next attempt", 118, this::nextAttempt, "mono")),
                from(900, column("Took", 84, EventTable::took, "number", "mono")),
                from(600, column("Last error", 220, EventTable::error))));
  }

  private static TableColumn<EventRow, String> column(
      String title, double width, Function<EventSummary, String> value, String... classes) {
    return Columns.text(title, width, row -> text(row, value), classes);
  }

  /// Hides a column in tables narrower than a width; the least important columns go first.
  private TableColumn<EventRow, String> from(double width, TableColumn<EventRow, String> column) {
    column.setMinWidth(Math.min(84, column.getPrefWidth()));
    table.widthProperty().addListener((_, _, now) -> column.setVisible(now.doubleValue() >= width));
    return column;
  }

  private static String attempts(EventSummary event) {
    return Integer.toString(event.attempts());
  }

  private static ObservableValue<String> text(EventRow row, Function<EventSummary, String> value) {
    return row.data().map(value);
  }

  private static String keyOrSource(EventSummary event) {
    return Optional.ofNullable(event.key())
        .or(() -> Optional.ofNullable(event.source()))
        .orElse("");
  }

  private String nextAttempt(EventSummary event) {
    return Optional.ofNullable(event.nextAttemptAt()).map(at.times()::shortTime).orElse("");
  }

  private static String took(EventSummary event) {
    return Optional.ofNullable(event.completedAt())
        .map(end -> Duration.between(event.receivedAt(), end))
        .map(length -> Texts.seconds(length.toMillis() / 1_000.0))
        .orElse("");
  }

  private static String error(EventSummary event) {
    boolean shown = event.status() != Status.COMPLETED;
    return Optional.ofNullable(event.lastError())
        .filter(_ -> shown)
        .map(failure -> failure.summary())
        .orElse("");
  }

  private static final class StatusCell extends TableCell<EventRow, Status> {

    private final StatusChip chip = new StatusChip();

    @Override
    protected void updateItem(Status status, boolean empty) {
      super.updateItem(status, empty);
      if (empty || status == null) {
        setGraphic(null);
      } else {
        chip.show(status);
        setGraphic(chip);
      }
    }
  }

  private final class Row extends TableRow<EventRow> {

    Row() {
      itemProperty()
          .flatMap(row -> row.gone())
          .orElse(false)
          .addListener((_, _, gone) -> pseudoClassStateChanged(GONE, gone));
      itemProperty().addListener((_, _, _) -> showOpen());
      WeakListeners.listen(this, at.models().open(), this::showOpen);
      addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
    }

    private void showOpen() {
      EventRow row = getItem();
      boolean open =
          row != null
              && at.models().open().get().map(event -> event.id().equals(row.id())).orElse(false);
      pseudoClassStateChanged(OPEN, open);
    }

    private void clicked(MouseEvent event) {
      oneByOne = false;
      boolean plain = !event.isShiftDown() && !event.isShortcutDown();
      if (event.getButton() == MouseButton.PRIMARY
          && plain
          && event.getClickCount() == 2
          && !isEmpty()) {
        at.models().open(getItem().id());
      }
    }
  }

  private void keyPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER) {
      event.consume();
      openFocused();
    }
  }

  private void openFocused() {
    EventRow row = table.getFocusModel().getFocusedItem();
    if (row != null) {
      at.models().open(row.id());
    }
  }

  /// Moves the focus down by a number of rows, first of all to the focused row itself. The
  /// selection moves along, unless rows are selected one by one.
  void move(int by) {
    int last = table.getItems().size() - 1;
    if (last < 0) {
      return;
    }
    oneByOne &= !table.getSelectionModel().isEmpty();
    int step = table.getSelectionModel().isEmpty() ? 0 : by;
    int next = Math.clamp(table.getFocusModel().getFocusedIndex() + step, 0, last);
    if (oneByOne) {
      table.getFocusModel().focus(next);
    } else {
      table.getSelectionModel().clearAndSelect(next);
    }
    table.scrollTo(Math.max(0, next - 3));
  }

  /// Selects or deselects the focused row. From the first call on, the selection stays while the
  /// focus moves.
  void toggleMark() {
    int row = table.getFocusModel().getFocusedIndex();
    boolean marked = table.getSelectionModel().isSelected(row);
    if (row >= 0 && !marked) {
      table.getSelectionModel().select(row);
    } else if (oneByOne && marked) {
      table.getSelectionModel().clearSelection(row);
      table.getFocusModel().focus(row);
    }
    oneByOne = true;
  }

  private void keepSelection() {
    if (restoring) {
      return;
    }
    model.mark(
        table.getSelectionModel().getSelectedItems().stream()
            .filter(row -> row != null)
            .map(EventRow::id)
            .collect(Collectors.toSet()));
  }

  /// Keeps the selection on moved rows: by itself the table keeps indexes, so that other events
  /// would be selected than the user chose.
  private void rowsChanged(ListChangeListener.Change<? extends EventRow> change) {
    boolean onlyAppended = true;
    while (change.next()) {
      onlyAppended &=
          change.wasAdded() && !change.wasRemoved() && change.getTo() == change.getList().size();
    }
    if (onlyAppended) {
      return;
    }
    Set<String> marked = model.selection().get();
    restoring = true;
    Platform.runLater(() -> restore(marked));
  }

  private void restore(Set<String> marked) {
    List<EventRow> rows = table.getItems();
    int[] places =
        IntStream.range(0, rows.size())
            .filter(place -> marked.contains(rows.get(place).id()))
            .toArray();
    table.getSelectionModel().clearSelection();
    if (places.length > 0) {
      table
          .getSelectionModel()
          .selectIndices(places[0], Arrays.copyOfRange(places, 1, places.length));
    }
    restoring = false;
    keepSelection();
  }

  private void watchScrolling() {
    if (table.getSkin() instanceof TableViewSkin<?> skin) {
      skin.getChildren().stream()
          .filter(VirtualFlow.class::isInstance)
          .map(VirtualFlow.class::cast)
          .findFirst()
          .ifPresent(
              flow -> {
                flow.positionProperty().addListener((_, _, _) -> look(flow));
                flow.heightProperty().addListener((_, _, _) -> look(flow));
                model
                    .list()
                    .rows()
                    .addListener(
                        (ListChangeListener<EventRow>) _ -> Platform.runLater(() -> look(flow)));
              });
    }
  }

  private void look(VirtualFlow<?> flow) {
    var first = flow.getFirstVisibleCell();
    var last = flow.getLastVisibleCell();
    if (first != null && last != null) {
      model.list().look(first.getIndex(), last.getIndex());
    }
  }

  TableView<EventRow> table() {
    return table;
  }

  /// Returns a description of the number of rows.
  static String size(RowList list) {
    String count = Texts.count(list.rows().size());
    if (list.complete().get()) {
      return count + " in total";
    }
    return list.rows().size() >= RowList.MOST_ROWS
        ? count + " shown; narrow the query to see others"
        : count + " loaded, more below";
  }
}
