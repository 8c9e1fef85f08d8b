package dev.sluice.admin.view.events;

import dev.sluice.admin.api.BulkJob;
import dev.sluice.admin.api.BulkPlan;
import dev.sluice.admin.api.Fault;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.StatusChip;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.BulkModel;
import dev.sluice.admin.viewmodel.BulkModel.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The dialog of a bulk action, from the plan over the confirmation to the end of the job. It can
/// be closed at any time: the job continues in the service.
public final class BulkDialog extends StackPane {

  private static final double WIDTH = 560;
  private static final String NO_ANSWER =
      "The service is not responding: this is the last known progress.";

  private final ViewContext at;
  private final BulkModel model;
  private final Predicate<Fault> askedAgain;

  private BulkDialog(ViewContext at, BulkModel model, Predicate<Fault> askedAgain) {
    this.at = at;
    this.model = model;
    this.askedAgain = askedAgain;
    setId("bulk-dialog");
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    model.stage().addListener((_, before, now) -> changed(before, now));
    show(model.stage().get());
  }

  /// Opens the dialog for a model.
  public static void open(ViewContext at, BulkModel model) {
    open(at, model, _ -> false);
  }

  /// Opens the dialog for a model whose task the user has described before.
  ///
  /// @param askedAgain when planning fails while the dialog is open, closes it and asks the user
  ///   again, if the description is at fault; returns whether it did
  public static void open(ViewContext at, BulkModel model, Predicate<Fault> askedAgain) {
    at.overlay().open(new BulkDialog(at, model, askedAgain), model::close);
  }

  /// Keeps the dialog while the job runs, so that the focus stays on its button.
  private void changed(Stage before, Stage now) {
    boolean isOpen = getScene() != null;
    if (isOpen && now instanceof Stage.Failed(Fault fault) && askedAgain.test(fault)) {
      return;
    }
    if (!(before instanceof Stage.Running && now instanceof Stage.Running)) {
      show(now);
    }
  }

  private void show(Stage stage) {
    Dialog dialog =
        switch (stage) {
          case Stage.Planning() -> planning();
          case Stage.Planned(BulkPlan plan) -> planned(plan);
          case Stage.Starting(var _) -> simple("Starting …");
          case Stage.Running _ -> running();
          case Stage.Over(BulkJob job) -> over(job);
          case Stage.Failed(var fault) -> failed(fault.sentence());
          case Stage.Unknown(var _, var fault) -> unknown(fault.sentence());
        };
    getChildren().setAll(dialog);
    dialog.applyCss();
    dialog.lookupAll(".button").stream()
        .filter(node -> node.getStyleClass().contains("first-focus"))
        .findFirst()
        .ifPresent(Node::requestFocus);
  }

  private String title() {
    return model.task().title() + " " + model.task().scope();
  }

  private Dialog simple(String text) {
    return new Dialog(title(), WIDTH)
        .with(Controls.label(text, "muted"), new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS))
        .buttons(close("Close"));
  }

  private Dialog planning() {
    return simple("Counting matching events …");
  }

  private Button close(String text) {
    return Controls.button("close-bulk", text, at.overlay()::close, "first-focus");
  }

  private Dialog planned(BulkPlan plan) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(Controls.paragraph(model.task().counts(plan), "plan-count"));
    nodes.add(
        Controls.paragraph(
            "About "
                + Texts.duration(Duration.ofSeconds(plan.estimateSeconds()))
                + ". Events that change in the meantime are skipped and counted.",
            "muted"));
    if (!plan.sample().isEmpty()) {
      nodes.add(sample(plan));
    }
    nodes.add(rateField());
    if (model.mustType()) {
      nodes.add(confirmField(plan));
    }
    Button start =
        Controls.button(
            "start-bulk",
            model.task().title() + " " + Texts.count(plan.qualifying()),
            model::start,
            model.task().isDestructive() ? "danger" : "accent");
    start
        .disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> model.objection().isPresent(), model.typed(), model.rate()));
    nodes.add(
        Controls.label(
            Bindings.createStringBinding(
                () -> model.objection().orElse(""), model.typed(), model.rate()),
            "mistake"));
    return new Dialog(title(), WIDTH)
        .with(nodes.toArray(Node[]::new))
        .buttons(close("Close"), start);
  }

  private VBox sample(BulkPlan plan) {
    var sample = new VBox(2, Controls.label("Examples", "card-title"));
    plan.sample().stream()
        .limit(5)
        .forEach(
            event ->
                sample
                    .getChildren()
                    .add(
                        Controls.row(
                            8,
                            new StatusChip(event.status()),
                            Controls.label(event.eventId(), "mono"),
                            Controls.label(event.eventType(), "muted"))));
    return sample;
  }

  private Node rateField() {
    var field = new TextField();
    field.setId("bulk-rate");
    field.setPromptText("as fast as live traffic allows");
    field.setPrefColumnCount(18);
    field.setAccessibleText("Maximum events per second");
    field.textProperty().bindBidirectional(model.rate());
    return Controls.row(8, Controls.label("Maximum per second", "muted"), field);
  }

  private Node confirmField(BulkPlan plan) {
    var field = new TextField();
    field.setId("bulk-confirm");
    field.setPrefColumnCount(10);
    field.setAccessibleText("Type " + BulkModel.confirmation(plan) + " to confirm");
    field.textProperty().bindBidirectional(model.typed());
    return Controls.row(
        8,
        Controls.label("This is production. Type " + BulkModel.confirmation(plan) + ":", "bad"),
        field);
  }

  private Dialog running() {
    var bar = new ProgressBar();
    bar.setMaxWidth(Double.MAX_VALUE);
    bar.progressProperty().bind(model.stage().map(now -> job(now).progress()));
    Button stop = Controls.button("stop-bulk", "Stop", model::stop, "danger", "first-focus");
    Keys.on(stop, "S", "Stop this job");
    stop.disableProperty()
        .bind(
            model
                .stage()
                .map(now -> !(now instanceof Stage.Running running) || running.stopping()));
    return new Dialog(title(), WIDTH)
        .with(
            bar,
            Controls.label(model.stage().map(now -> progress(job(now))), "mono"),
            Controls.label(
                at.models().session().link().map(link -> link.isLive() ? "" : NO_ANSWER),
                "mistake"),
            Controls.paragraph(
                "The job continues in the service after you close this dialog. See Activity.",
                "muted"))
        .buttons(Controls.button("close-bulk", "Close", at.overlay()::close), stop);
  }

  private static BulkJob job(Stage stage) {
    return switch (stage) {
      case Stage.Running(BulkJob job, boolean _) -> job;
      case Stage.Over(BulkJob job) -> job;
      case Stage.Planning _, Stage.Planned _, Stage.Starting _, Stage.Failed _, Stage.Unknown _ ->
          throw new IllegalStateException("nothing runs: " + stage);
    };
  }

  private String progress(BulkJob job) {
    return Texts.count(job.done())
        + " "
        + model.task().done()
        + ", "
        + Texts.count(job.skipped())
        + " skipped, "
        + Texts.count(job.remaining())
        + " left"
        + timeLeft(job);
  }

  private String timeLeft(BulkJob job) {
    long looked = job.qualifying() - job.remaining();
    if (job.startedAt() == null || looked == 0 || job.remaining() == 0) {
      return "";
    }
    Duration so = Duration.between(job.startedAt(), at.times().now());
    long seconds = Math.max(1, so.toSeconds() * job.remaining() / looked);
    return ", about " + Texts.duration(Duration.ofSeconds(seconds));
  }

  private Dialog over(BulkJob job) {
    String skipped =
        job.skipped() == 0
            ? ""
            : " " + Texts.count(job.skipped()) + " had changed since the plan and were skipped.";
    boolean stopped = job.state().equals("stopped");
    return new Dialog(title(), WIDTH)
        .with(
            Controls.paragraph(
                (stopped ? "Stopped: " : "Done: ")
                    + Texts.count(job.done())
                    + " "
                    + model.task().done()
                    + (stopped ? ", " + Texts.count(job.remaining()) + " left unchanged" : "")
                    + "."
                    + skipped,
                "plan-count"),
            Controls.label("Job " + job.id(), "mono", "muted"))
        .buttons(close("Close"));
  }

  private Dialog unknown(String why) {
    return new Dialog(title(), WIDTH)
        .with(
            Controls.paragraph("Unknown whether the job was started: " + why + ".", "mistake"),
            Controls.paragraph(
                "Trying again is safe: a plan starts only once. Activity shows running jobs.",
                "muted"))
        .buttons(
            close("Close"),
            Controls.button("start-again", "Try again", model::startAgain, "accent"));
  }

  private Dialog failed(String why) {
    return new Dialog(title(), WIDTH)
        .with(Controls.paragraph("Not started: " + why, "mistake"))
        .buttons(
            close("Close"), Controls.button("plan-again", "Plan again", model::plan, "accent"));
  }
}
