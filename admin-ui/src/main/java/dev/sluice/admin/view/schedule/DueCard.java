package dev.sluice.admin.view.schedule;

import dev.sluice.admin.api.ScheduleRequests.Due;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.chart.Bars;
import dev.sluice.admin.view.chart.StackedChart;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.SchedulesModel;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// How many deliveries become due in each minute of the next hour.
final class DueCard extends VBox {

  private final Label size = Controls.label("", "muted");
  private final StackedChart chart;

  DueCard(ViewContext at, SchedulesModel model) {
    super(6);
    setId("due-card");
    getStyleClass().add("card");
    this.chart =
        new StackedChart(at.times()::clock, List.of("scheduled and retried"), List.of("codes-2xx"));
    getChildren()
        .addAll(
            Controls.row(10, Controls.label("Due in the next hour", "card-title"), size),
            Hints.failure(model.due(), at),
            chart);
    model.due().value().addListener((_, _, _) -> model.due().last().ifPresent(this::show));
    model.due().last().ifPresent(this::show);
  }

  private void show(Due due) {
    String count = Texts.count(due.sum()) + (due.atLeast() ? " or more" : "");
    size.setText(count + (due.sum() == 1 ? " delivery" : " deliveries"));
    chart.show(
        new Bars(due.from(), due.until(), List.of(due.due())),
        size.getText() + " due in the next hour");
  }
}
