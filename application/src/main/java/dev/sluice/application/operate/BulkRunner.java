package dev.sluice.application.operate;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkStep;
import dev.sluice.domain.port.BulkStep.ChangedEvent;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Runs bulk jobs step by step, including those that other nodes started; after a restart they
/// continue where they were.
public final class BulkRunner {

  private static final System.Logger LOG = System.getLogger(BulkRunner.class.getName());
  private static final int MOST_A_STEP = 500;

  /// A step changes about this many deliveries at most, however many an event has: it is one
  /// transaction, and each delivery is a change in the stream, which keeps a limited number.
  private static final int MOST_DELIVERIES_A_STEP = ChangeBatch.MAX_CHANGES;

  /// The first step is short: it shows how many deliveries of an event change.
  private static final int MOST_AT_FIRST = 100;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_PURGES = Duration.ofMinutes(1);
  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration LONGEST_TURN = Duration.ofMillis(200);

  private final BulkJobs jobs;
  private final BulkPace pace;
  private final TransitionListener listener;
  private final Consumer<BulkJob> onEnd;
  private final Dependencies dependencies;
  private final TimeSource clock;
  private List<BulkJob> running = List.of();
  private final Map<String, NextRun> resting = new HashMap<>();

  /// Most events of the next step of a job, from the number of deliveries that its last step
  /// changed per event.
  private final Map<String, Integer> mostEvents = new HashMap<>();

  private final NextRun nextLook;
  private final NextRun nextPurge;

  /// @param listener receives the changes
  /// @param onEnd receives jobs that this node finished
  public BulkRunner(
      BulkJobs jobs,
      BulkPace pace,
      TransitionListener listener,
      Consumer<BulkJob> onEnd,
      Dependencies dependencies) {
    this.jobs = jobs;
    this.pace = pace;
    this.listener = listener;
    this.onEnd = onEnd;
    this.dependencies = dependencies;
    this.clock = dependencies.clock();
    this.nextLook = new NextRun(clock);
    this.nextPurge = new NextRun(clock);
  }

  /// What bulk jobs depend on.
  ///
  /// @param clock the time
  /// @param keep how long ended jobs are kept
  /// @param hasRoom whether the backlog has room for more
  /// @param backfills runs the steps of back-fills
  public record Dependencies(
      TimeSource clock, Duration keep, BooleanSupplier hasRoom, BackfillSteps backfills) {}

  /// Runs bulk jobs for up to [#LONGEST_TURN]. Called every 50 ms, by one thread.
  public void run() {
    if (nextPurge.isDue()) {
      nextPurge.in(BETWEEN_PURGES);
      jobs.purge(jobs.now().minus(BulkPlanner.PLANS_LAST), jobs.now().minus(dependencies.keep()));
    }
    boolean isTimeToLook = pace.wasWoken() || nextLook.isDue() || !running.isEmpty();
    if (isTimeToLook) {
      nextLook.in(BETWEEN_LOOKS);
      running = jobs.running();
      pace.keepOnly(running);
      List<String> ids = running.stream().map(job -> job.plan().id()).toList();
      resting.keySet().retainAll(ids);
      mostEvents.keySet().retainAll(ids);
      TimeLimit end = TimeLimit.of(clock, LONGEST_TURN);
      running.forEach(job -> tryToAdvance(job, end));
    }
  }

  /// A job that keeps failing must not delay the others.
  private void tryToAdvance(BulkJob job, TimeLimit end) {
    NextRun next = resting.get(job.plan().id());
    if (next != null && !next.isDue()) {
      return;
    }
    try {
      advance(job, end);
    } catch (RuntimeException e) {
      rest(job, e);
    }
  }

  private void rest(BulkJob job, RuntimeException failure) {
    LOG.log(
        Level.WARNING,
        "bulk job "
            + job.plan().id()
            + " failed; it continues in "
            + REST_AFTER_FAILURE.toSeconds()
            + " s",
        failure);
    resting.computeIfAbsent(job.plan().id(), _ -> new NextRun(clock)).in(REST_AFTER_FAILURE);
  }

  private void advance(BulkJob job, TimeLimit end) {
    Optional<BulkJob> now = Optional.of(job);
    boolean goesOn = true;
    while (goesOn && now.isPresent() && isAllowed(now.get())) {
      long before = progress(now.get());
      now = step(now.get());
      // A step that changed nothing has scanned as much as one turn may scan.
      goesOn =
          now.filter(one -> one.state() == BulkJob.State.RUNNING)
                  .filter(one -> progress(one) > before)
                  .isPresent()
              && !end.isOver();
    }
  }

  private static long progress(BulkJob job) {
    return job.done() + job.skipped();
  }

  /// Replayed and new deliveries count against the backlog like any others.
  private boolean isAllowed(BulkJob job) {
    return (!job.plan().action().makesWork() || dependencies.hasRoom().getAsBoolean())
        && allowed(job) > 0;
  }

  private int allowed(BulkJob job) {
    int most = mostEvents.getOrDefault(job.plan().id(), MOST_AT_FIRST);
    return pace.allowed(job, clock.nanoTime(), most);
  }

  private Optional<BulkJob> step(BulkJob job) {
    int max = allowed(job);
    Optional<BulkStep> step =
        job.plan().action().changesDeliveries()
            ? jobs.step(job.plan().id(), max)
            : dependencies.backfills().step(job, max);
    step.ifPresent(done -> announce(job, done));
    return step.map(BulkStep::job);
  }

  private void announce(BulkJob job, BulkStep done) {
    int deliveries = 0;
    for (ChangedEvent event : done.changed()) {
      event
          .subscriptions()
          .forEach(name -> listener.onTransition(transition(job.plan().action(), event, name)));
      deliveries += event.subscriptions().size();
    }
    if (deliveries > 0) {
      int most = MOST_DELIVERIES_A_STEP * done.changed().size() / deliveries;
      mostEvents.put(job.plan().id(), Math.clamp(most, 1, MOST_A_STEP));
    }
    if (done.job().endedAt().isPresent()) {
      LOG.log(
          Level.INFO,
          "bulk job {0} {1}: {2} done, {3} skipped",
          job.plan().id(),
          done.job().state().wireName(),
          done.job().done(),
          done.job().skipped());
      report(done.job());
    }
  }

  /// The job stays finished, even if its end cannot be written to the activity log.
  private void report(BulkJob over) {
    try {
      onEnd.accept(over);
    } catch (PortException e) {
      LOG.log(
          Level.WARNING,
          "the end of bulk job " + over.plan().id() + " was not written to the activity log",
          e);
    }
  }

  private Transition transition(
      BulkAction action, ChangedEvent event, SubscriptionName subscription) {
    EventId id = event.id();
    EventType type = event.type();
    Instant now = clock.instant();
    return switch (action) {
      case BACKFILL -> new Transition.Backfilled(id, type, event.key(), subscription);
      case REPLAY, REPLAY_AT_HEAD -> new Transition.Replayed(id, type, event.key(), subscription);
      case CANCEL -> new Transition.Cancelled(id, type, event.key(), subscription, now);
      case DISCARD -> new Transition.Discarded(id, type, event.key(), subscription, now);
    };
  }
}
