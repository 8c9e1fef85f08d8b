package dev.sluice.admin.view.subscription;

import dev.sluice.admin.view.chart.Chart;
import dev.sluice.admin.view.chart.ChartsView;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.control.WeakListeners;
import dev.sluice.admin.viewmodel.ChartsModel;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

/// The charts of a subscription, or that the service has none.
final class ChartsPart extends StackPane {

  private final ChartsModel model;
  private final ChartsView charts;
  private final Label none =
      Controls.paragraph("This version of the service has no charts by subscription.", "muted");

  ChartsPart(ViewContext at, ChartsModel model) {
    this.model = model;
    this.charts = new ChartsView(at, model, List.of(Chart.DELIVERIES, Chart.FAILURES));
    none.setId("no-charts");
    getChildren().addAll(charts, none);
    WeakListeners.listen(this, at.models().session().meta(), this::refresh);
    refresh();
  }

  private void refresh() {
    Controls.shown(charts, model.isAvailable());
    Controls.shown(none, !model.isAvailable());
  }
}
