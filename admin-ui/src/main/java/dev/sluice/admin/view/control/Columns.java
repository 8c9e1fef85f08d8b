package dev.sluice.admin.view.control;

import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;

/// Tables and their columns. No column sorts, because the service determines the order.
public final class Columns {

  private Columns() {}

  /// Creates a text column.
  public static <R> TableColumn<R, String> text(
      String title, double width, Function<R, ObservableValue<String>> value, String... classes) {
    var column = new TableColumn<R, String>(title);
    column.setSortable(false);
    column.setReorderable(false);
    column.setPrefWidth(width);
    column.setCellValueFactory(features -> value.apply(features.getValue()));
    column.setCellFactory(_ -> new TextCell<>());
    column.getStyleClass().addAll(classes);
    return column;
  }

  /// Creates a text column whose values never change.
  public static <R> TableColumn<R, String> fixed(
      String title, double width, Function<R, String> value, String... classes) {
    return text(title, width, row -> new ReadOnlyObjectWrapper<>(value.apply(row)), classes);
  }

  /// Creates a column with custom cells.
  public static <R, V> TableColumn<R, V> drawn(
      String title,
      double width,
      Function<R, ObservableValue<V>> value,
      java.util.function.Supplier<TableCell<R, V>> cell) {
    var column = new TableColumn<R, V>(title);
    column.setSortable(false);
    column.setReorderable(false);
    column.setPrefWidth(width);
    column.setCellValueFactory(features -> value.apply(features.getValue()));
    column.setCellFactory(_ -> cell.get());
    return column;
  }

  /// A cell that shows long text in full in its tooltip.
  private static final class TextCell<R> extends TableCell<R, String> {

    @Override
    protected void updateItem(String text, boolean empty) {
      super.updateItem(text, empty);
      setText(empty ? null : text);
      if (empty || text == null || text.length() < 24) {
        setTooltip(null);
      } else if (getTooltip() == null) {
        setTooltip(new Tooltip(text));
      } else {
        getTooltip().setText(text);
      }
    }
  }

  /// Creates a table without columns, in the common style.
  public static <R> TableView<R> table(String id, String spoken) {
    var table = new TableView<R>();
    table.setId(id);
    table.setAccessibleText(spoken);
    table.getStyleClass().addAll("striped-none", "dense-table");
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    return table;
  }
}
