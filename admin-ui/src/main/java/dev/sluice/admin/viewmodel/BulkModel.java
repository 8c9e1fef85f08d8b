package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.BulkJob;
import dev.sluice.admin.api.BulkPlan;
import dev.sluice.admin.api.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Model of a bulk job: plan, confirmation, start and progress.
public final class BulkModel {

  private static final Duration PACE = Duration.ofSeconds(1);

  private final Session session;
  private final BulkTask task;
  private final ReadOnlyObjectWrapper<Stage> stage =
      new ReadOnlyObjectWrapper<>(new Stage.Planning());
  private final StringProperty typed = new SimpleStringProperty("");
  private final StringProperty rate = new SimpleStringProperty("");
  private final Consumer<Notice> notices;
  private Optional<Polled<BulkJob>> watch = Optional.empty();
  private boolean closed;

  /// The stage of the bulk action.
  public sealed interface Stage {

    /// The service makes the plan.
    record Planning() implements Stage {}

    /// The plan waits for confirmation.
    record Planned(BulkPlan plan) implements Stage {}

    /// The start request is in progress.
    record Starting(BulkPlan plan) implements Stage {}

    /// The service runs the job, independently of the console.
    record Running(BulkJob job, boolean stopping) implements Stage {}

    /// The job has ended.
    record Over(BulkJob job) implements Stage {}

    /// Planning or starting failed; nothing was changed.
    record Failed(Fault fault) implements Stage {}

    /// The start request got no response, so the job may be running. The same plan cannot run
    /// twice.
    record Unknown(BulkPlan plan, Fault fault) implements Stage {}
  }

  BulkModel(Session session, BulkTask task, Consumer<Notice> notices) {
    this.session = session;
    this.task = task;
    this.notices = notices;
    plan();
  }

  /// Requests a plan, also to replace one that expired or was used.
  public void plan() {
    stage.set(new Stage.Planning());
    session.ask(
        () -> task.plan(session.client()),
        plan -> stage.set(new Stage.Planned(plan)),
        fault -> stage.set(new Stage.Failed(fault)));
  }

  /// Returns what the job does.
  public BulkTask task() {
    return task;
  }

  /// The stage of the bulk action.
  public ReadOnlyObjectProperty<Stage> stage() {
    return stage.getReadOnlyProperty();
  }

  /// Returns the text typed to confirm the plan.
  public StringProperty typed() {
    return typed;
  }

  /// Returns the maximum rate in events per second; empty for as fast as live traffic allows.
  public StringProperty rate() {
    return rate;
  }

  /// Whether the user must type the number of events to confirm.
  public boolean mustType() {
    return session.isProduction();
  }

  /// Returns the text that the user must type.
  public static String confirmation(BulkPlan plan) {
    return Long.toString(plan.qualifying());
  }

  /// Returns why the plan cannot be started yet; empty if it can.
  public Optional<String> objection() {
    if (!(stage.get() instanceof Stage.Planned(BulkPlan plan))) {
      return Optional.of("there is no plan yet");
    }
    if (plan.qualifying() == 0) {
      return Optional.of(task.nothingToDo());
    }
    if (mustType() && !typed.get().strip().equals(confirmation(plan))) {
      return Optional.of("type " + confirmation(plan) + " to confirm");
    }
    return rate.get().isBlank() || limit().isPresent()
        ? Optional.empty()
        : Optional.of("enter the rate as a number of events per second");
  }

  private OptionalDouble limit() {
    String text = rate.get().strip();
    return text.matches("\\d{1,6}(\\.\\d{1,3})?") && Double.parseDouble(text) > 0
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  /// Starts the plan.
  public void start() {
    if (stage.get() instanceof Stage.Planned(BulkPlan plan) && objection().isEmpty()) {
      start(plan);
    }
  }

  /// Retries the start after there was no response.
  public void startAgain() {
    if (stage.get() instanceof Stage.Unknown(BulkPlan plan, Fault _)) {
      start(plan);
    }
  }

  private void start(BulkPlan plan) {
    stage.set(new Stage.Starting(plan));
    OptionalDouble limit = limit();
    session.ask(
        () -> session.client().start(plan, limit),
        job -> {
          follow(job);
          watch(job.id());
        },
        fault ->
            stage.set(
                fault instanceof Fault.Unreachable
                    ? new Stage.Unknown(plan, fault)
                    : new Stage.Failed(fault)));
  }

  private void watch(String id) {
    session.jobs().refresh();
    if (closed) {
      return;
    }
    Polled<BulkJob> polled = session.followed(PACE, () -> session.client().job(id));
    polled
        .value()
        .addListener(
            (_, _, job) -> {
              if (job != null) {
                follow(job);
              }
            });
    watch = Optional.of(polled);
    polled.show();
  }

  private void follow(BulkJob job) {
    boolean stopping = stage.get() instanceof Stage.Running running && running.stopping();
    stage.set(job.isRunning() ? new Stage.Running(job, stopping) : new Stage.Over(job));
    if (!job.isRunning()) {
      close();
      session.jobs().refresh();
    }
  }

  /// Stops the job; events that it processed stay processed.
  public void stop() {
    if (stage.get() instanceof Stage.Running(BulkJob job, boolean stopping) && !stopping) {
      stage.set(new Stage.Running(job, true));
      session.ask(() -> session.client().stop(job.id()), this::follow, this::notStopped);
    }
  }

  private void notStopped(Fault fault) {
    notices.accept(new Notice(Notice.Kind.FAILED, "not stopped: " + fault.sentence()));
    if (stage.get() instanceof Stage.Running(BulkJob job, boolean _)) {
      stage.set(new Stage.Running(job, false));
    }
    watch.ifPresent(Polled::refresh);
  }

  /// Stops polling the job, which continues in the service.
  public void close() {
    closed = true;
    watch.ifPresent(Polled::close);
  }
}
