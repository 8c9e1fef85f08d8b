package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.BulkJob;
import dev.sluice.admin.api.BulkPlan;
import dev.sluice.admin.api.Fault;
import dev.sluice.admin.api.Filter;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// An action on everything that a filter chooses: planned, confirmed, done by the service, seen.
public final class BulkModel {

  private static final Duration PACE = Duration.ofSeconds(1);

  private final Session session;
  private final EventAction eventAction;
  private final Filter filter;
  private final String scope;
  private final ReadOnlyObjectWrapper<Stage> stage =
      new ReadOnlyObjectWrapper<>(new Stage.Planning());
  private final StringProperty typed = new SimpleStringProperty("");
  private final StringProperty rate = new SimpleStringProperty("");
  private final Consumer<Notice> told;
  private Optional<Polled<BulkJob>> watch = Optional.empty();
  private boolean closed;

  /// How far it is.
  public sealed interface Stage {

    /// The service counts.
    record Planning() implements Stage {}

    /// It waits for a yes.
    record Planned(BulkPlan plan) implements Stage {}

    /// It is being started.
    record Starting(BulkPlan plan) implements Stage {}

    /// The service works on it; it goes on when the console does not.
    record Running(BulkJob job, boolean stopping) implements Stage {}

    /// It is over.
    record Over(BulkJob job) implements Stage {}

    /// It could not be planned or started; nothing was done.
    record Failed(Fault fault) implements Stage {}

    /// It was to be started, and there was no answer: it may run. The same plan cannot run twice.
    record Unknown(BulkPlan plan, Fault fault) implements Stage {}
  }

  /// @param scope the filter in words
  BulkModel(
      Session session,
      EventAction eventAction,
      Filter filter,
      String scope,
      Consumer<Notice> told) {
    this.session = session;
    this.told = told;
    this.eventAction = eventAction;
    this.filter = filter;
    this.scope = scope;
    plan();
  }

  /// Asks for a plan. One that is too old or was used is replaced in the same way.
  public void plan() {
    stage.set(new Stage.Planning());
    session.ask(
        () -> session.client().plan(eventAction.wireName(), filter),
        plan -> stage.set(new Stage.Planned(plan)),
        fault -> stage.set(new Stage.Failed(fault)));
  }

  /// What is to be done.
  public EventAction action() {
    return eventAction;
  }

  /// To which events, in words.
  public String scope() {
    return scope;
  }

  /// How far it is.
  public ReadOnlyObjectProperty<Stage> stage() {
    return stage.getReadOnlyProperty();
  }

  /// What was typed to confirm it.
  public StringProperty typed() {
    return typed;
  }

  /// Most events per second; empty for as fast as live work allows.
  public StringProperty rate() {
    return rate;
  }

  /// Whether the number of events must be typed.
  public boolean mustType() {
    return session.isProduction();
  }

  /// What must be typed.
  public static String confirmation(BulkPlan plan) {
    return Long.toString(plan.qualifying());
  }

  /// Why it cannot be started as it stands; empty when it can.
  public Optional<String> objection() {
    if (!(stage.get() instanceof Stage.Planned(BulkPlan plan))) {
      return Optional.of("there is no plan yet");
    }
    if (plan.qualifying() == 0) {
      return Optional.of("nothing of it can be " + eventAction.done());
    }
    if (mustType() && !typed.get().strip().equals(confirmation(plan))) {
      return Optional.of("type " + confirmation(plan) + " to confirm");
    }
    return rate.get().isBlank() || limit().isPresent()
        ? Optional.empty()
        : Optional.of("a rate is a number of events per second");
  }

  private OptionalDouble limit() {
    String text = rate.get().strip();
    return text.matches("\\d{1,6}(\\.\\d{1,3})?") && Double.parseDouble(text) > 0
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  /// Starts exactly what was planned.
  public void start() {
    if (stage.get() instanceof Stage.Planned(BulkPlan plan) && objection().isEmpty()) {
      start(plan);
    }
  }

  /// Starts it again after there was no answer.
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

  /// Stops it; what was done stays done.
  public void stop() {
    if (stage.get() instanceof Stage.Running(BulkJob job, boolean stopping) && !stopping) {
      stage.set(new Stage.Running(job, true));
      session.ask(() -> session.client().stop(job.id()), this::follow, this::notStopped);
    }
  }

  private void notStopped(Fault fault) {
    told.accept(new Notice(Notice.Kind.FAILED, "not stopped: " + fault.sentence()));
    if (stage.get() instanceof Stage.Running(BulkJob job, boolean _)) {
      stage.set(new Stage.Running(job, false));
    }
    watch.ifPresent(Polled::refresh);
  }

  /// Ends watching; the service goes on.
  public void close() {
    closed = true;
    watch.ifPresent(Polled::close);
  }
}
