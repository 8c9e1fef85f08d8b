package dev.sluice.admin.view.subscription;

import dev.sluice.admin.model.StatusClass;
import dev.sluice.admin.model.StatusHistory;
import dev.sluice.admin.model.WebhookTexts;
import dev.sluice.admin.view.chart.Bars;
import dev.sluice.admin.view.chart.StackedChart;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.ReceiverModel;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The status codes of the newest attempts of a webhook subscription over time, whatever class of
/// status the list of attempts shows.
final class StatusCodesCard extends VBox {

  private static final List<StatusClass> CLASSES = StatusClass.single();

  private final ViewContext at;
  private final ReceiverModel model;
  private final StackPane failure;
  private final StackedChart chart;
  private final Label hint = Controls.label("", "muted");
  private final Node skeleton = Hints.skeleton(2);

  StatusCodesCard(ViewContext at, ReceiverModel model) {
    super(6);
    this.at = at;
    this.model = model;
    this.failure = new StackPane(Hints.failure(model.newest(), at));
    this.chart =
        new StackedChart(
            at.times()::clock,
            CLASSES.stream().map(StatusClass::title).toList(),
            CLASSES.stream().map(StatusCodesCard::style).toList());
    setId("status-codes-card");
    getStyleClass().add("card");
    hint.setId("status-codes-hint");
    getChildren()
        .addAll(
            Controls.label("Status codes over time", "card-title"), failure, skeleton, hint, chart);
    model.history().addListener((_, _, _) -> refresh());
    model.newest().failure().addListener((_, _, _) -> refresh());
    model.filter().addListener((_, _, _) -> refresh());
    refresh();
  }

  private static String style(StatusClass status) {
    return "codes-" + status.wireName().orElse("");
  }

  /// Shows the codes, or that there are none, that they are being read, or that they cannot be.
  private void refresh() {
    Optional<StatusHistory> history = model.history().get();
    boolean isFailed = model.newest().failure().get().isPresent();
    boolean hasCodes = history.filter(some -> !some.isEmpty()).isPresent();
    history.filter(_ -> hasCodes).ifPresent(this::show);
    hint.setText(history.isPresent() ? "No attempts yet." : "The status codes could not be read.");
    // Without a filter the list of attempts reports the failure of the same request.
    Controls.shown(failure, isFailed && model.filter().get() != StatusClass.ALL);
    Controls.shown(skeleton, history.isEmpty() && !isFailed);
    Controls.shown(hint, !hasCodes && (history.isPresent() || isFailed));
    Controls.shown(chart, hasCodes);
  }

  private void show(StatusHistory history) {
    List<List<Integer>> parts =
        CLASSES.stream()
            .map(status -> history.steps().stream().map(step -> step.count(status)).toList())
            .toList();
    chart.show(
        new Bars(history.from(), history.until(), parts),
        WebhookTexts.statusCodes(history, at.times()::clock));
  }
}
