package dev.sluice.admin.view.operate;

import dev.sluice.admin.api.BulkJob;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Columns;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Permissions;
import dev.sluice.admin.view.control.Redraw;
import dev.sluice.admin.view.control.ViewContext;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The table of bulk jobs, running and ended.
final class JobsTable extends VBox {

  private final ViewContext at;
  private final TableView<BulkJob> table = Columns.table("jobs-table", "Bulk jobs");

  JobsTable(ViewContext at) {
    super(8);
    this.at = at;
    setPadding(new Insets(10, 0, 0, 0));
    table.setFixedCellSize(34);
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.<BulkJob>fixed("Job", 170, BulkJob::id, "mono"),
                Columns.<BulkJob>fixed("Action", 80, BulkJob::action),
                Columns.<BulkJob>fixed("State", 80, BulkJob::state),
                Columns.<BulkJob, BulkJob>drawn(
                    "Progress", 120, ReadOnlyObjectWrapper::new, ProgressCell::new),
                number("Done", BulkJob::done),
                number("Skipped", BulkJob::skipped),
                number("Left", BulkJob::remaining),
                Columns.<BulkJob>fixed("By", 90, BulkJob::startedBy),
                Columns.<BulkJob>fixed("Filter", 220, job -> job.scope().toString(), "mono"),
                Columns.<BulkJob, BulkJob>drawn(
                    "", 80, ReadOnlyObjectWrapper::new, StopCell::new)));
    table.setPlaceholder(
        new StackPane(
            Hints.middle(
                Feather.LAYERS,
                "No bulk jobs",
                "Replaying or discarding all events of a query runs as a bulk job.")));
    getChildren().addAll(Hints.failure(at.models().session().jobs(), at), Controls.grow(table));
    at.models().session().jobs().value().addListener((_, _, _) -> refresh());
    refresh();
  }

  private static javafx.scene.control.TableColumn<BulkJob, String> number(
      String title, java.util.function.ToLongFunction<BulkJob> value) {
    return Columns.fixed(title, 80, job -> Texts.count(value.applyAsLong(job)), "number", "mono");
  }

  private void refresh() {
    List<BulkJob> jobs = at.models().session().jobs().last().orElse(List.of());
    // A click in progress would be lost with its button; the next response draws everything.
    if (!jobs.equals(table.getItems()) && !Redraw.isClicked(this)) {
      BulkJob marked = table.getSelectionModel().getSelectedItem();
      table.getItems().setAll(jobs);
      mark(marked);
    }
  }

  /// Keeps the selection on its job: by itself the table loses it with each change of the job.
  private void mark(@Nullable BulkJob marked) {
    table.getSelectionModel().clearSelection();
    table.getItems().stream()
        .filter(job -> marked != null && job.id().equals(marked.id()))
        .findFirst()
        .ifPresent(table.getSelectionModel()::select);
  }

  private static final class ProgressCell extends TableCell<BulkJob, BulkJob> {

    private final ProgressBar bar = new ProgressBar();

    @Override
    protected void updateItem(BulkJob job, boolean empty) {
      super.updateItem(job, empty);
      if (empty || job == null) {
        setGraphic(null);
      } else {
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setProgress(job.progress());
        bar.setAccessibleText(Math.round(100 * job.progress()) + " percent");
        setGraphic(bar);
      }
    }
  }

  private final class StopCell extends TableCell<BulkJob, BulkJob> {

    @Override
    protected void updateItem(BulkJob job, boolean empty) {
      super.updateItem(job, empty);
      if (empty || job == null || !job.isRunning()) {
        setGraphic(null);
        return;
      }
      Button stop =
          Controls.button(
              "stop-" + job.id(),
              "Stop",
              () -> at.models().activity().stop(job),
              "small",
              "danger");
      Keys.on(stop, "S", "Stop the job " + job.id());
      setGraphic(Permissions.now(stop, at.models().session()));
    }
  }
}
