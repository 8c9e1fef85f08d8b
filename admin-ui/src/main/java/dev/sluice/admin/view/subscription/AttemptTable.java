package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Failure;
import dev.sluice.admin.api.SubscriptionAttempt;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.model.WebhookTexts;
import dev.sluice.admin.view.control.Columns;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.ReceiverModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;

/// The newest attempts of a webhook subscription. The selection follows its attempt.
final class AttemptTable extends StackPane {

  private static final double ROW = 28;
  private static final double HEAD = 32;
  private static final int MOST_ROWS = 8;

  private final ViewContext at;
  private final ReceiverModel model;
  private final TableView<SubscriptionAttempt> table =
      Columns.table("attempts-table", "Newest attempts. A selected attempt is shown below");

  /// Set while the rows are replaced, when the table's own selection is wrong.
  private boolean restoring;

  AttemptTable(ViewContext at, ReceiverModel model) {
    this.at = at;
    this.model = model;
    table.setFixedCellSize(ROW);
    table.getColumns().setAll(columns());
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, attempt) -> select(Optional.ofNullable(attempt)));
    getChildren().add(table);
  }

  private List<TableColumn<SubscriptionAttempt, ?>> columns() {
    TableColumn<SubscriptionAttempt, SubscriptionAttempt> status =
        Columns.drawn("Status", 72, ReadOnlyObjectWrapper::new, StatusCell::new);
    status.setMinWidth(72);
    return List.of(
        column("Started", 116, attempt -> at.times().shortTime(attempt.startedAt()), "mono"),
        status,
        column("Outcome", 96, attempt -> attempt.outcome().replace('_', ' ')),
        column("Duration", 88, AttemptTable::duration, "number", "mono"),
        column("Event id", 190, SubscriptionAttempt::eventId, "mono"),
        column("Type", 150, attempt -> Optional.ofNullable(attempt.eventType()).orElse("")),
        column("Attempt", 72, attempt -> String.valueOf(attempt.number()), "number", "mono"),
        column(
            "Error",
            240,
            attempt -> Optional.ofNullable(attempt.error()).map(Failure::summary).orElse("")));
  }

  private static TableColumn<SubscriptionAttempt, String> column(
      String title,
      double width,
      java.util.function.Function<SubscriptionAttempt, String> value,
      String... classes) {
    TableColumn<SubscriptionAttempt, String> column = Columns.fixed(title, width, value, classes);
    column.setMinWidth(Math.min(width, 116));
    return column;
  }

  private static String duration(SubscriptionAttempt attempt) {
    Long millis = attempt.durationMs();
    return millis == null ? "" : Texts.duration(Duration.ofMillis(millis));
  }

  private static final class StatusCell
      extends TableCell<SubscriptionAttempt, SubscriptionAttempt> {

    private final Label code = Controls.label("", "mono");

    @Override
    protected void updateItem(SubscriptionAttempt attempt, boolean empty) {
      super.updateItem(attempt, empty);
      if (empty || attempt == null) {
        setGraphic(null);
      } else {
        code.setText(WebhookTexts.status(attempt.response()));
        Controls.dress(code, "code-", "code-" + WebhookTexts.tone(attempt.response()));
        setGraphic(code);
      }
    }
  }

  private void select(Optional<SubscriptionAttempt> attempt) {
    if (!restoring) {
      model.select(attempt);
    }
  }

  /// Shows attempts in as many lines as they need.
  void show(List<SubscriptionAttempt> attempts) {
    if (!attempts.equals(table.getItems())) {
      restoring = true;
      table.getItems().setAll(attempts);
      double height = HEAD + ROW * Math.clamp(attempts.size(), 1, MOST_ROWS);
      table.setMinHeight(height);
      table.setPrefHeight(height);
      table.getSelectionModel().clearSelection();
      attempts.stream()
          .filter(attempt -> model.selected().get().filter(attempt::isSameAs).isPresent())
          .findFirst()
          .ifPresent(table.getSelectionModel()::select);
      restoring = false;
    }
  }
}
