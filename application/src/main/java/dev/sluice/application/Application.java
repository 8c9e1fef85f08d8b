package dev.sluice.application;

import dev.sluice.application.intake.AdmissionControl;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.Intake;
import dev.sluice.application.operate.BrowseEvents;
import dev.sluice.application.operate.ControlEvents;
import dev.sluice.application.operate.Explanations;
import dev.sluice.application.operate.Heartbeat;
import dev.sluice.application.operate.Operations;
import dev.sluice.application.operate.Retention;
import dev.sluice.application.operate.Statistics;
import dev.sluice.application.operate.Totals;
import dev.sluice.application.work.DrainReport;
import dev.sluice.application.work.Handlers;
import dev.sluice.application.work.PausedWork;
import dev.sluice.application.work.Pauses;
import dev.sluice.application.work.WorkEngine;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.NodeReport.Phase;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StatusCounts;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.port.TransitionListener;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// All use cases of one node, wired to each other: what adapters call, and what the server starts,
/// ticks and stops.
public final class Application {

  private static final System.Logger LOG = System.getLogger(Application.class.getName());
  private static final Duration POLL_WHILE_DRAINING = Duration.ofMillis(5);
  private static final Duration CORRECT_BACKLOG_EVERY = Duration.ofSeconds(1);

  private final EventStore store;
  private final DeliveryQueue deliveries;
  private final InstantSource clock;
  private final Statistics statistics;
  private final AdmissionControl admission;
  private final Intake intake;
  private final Operations operations;
  private final WorkEngine engine;
  private final SubscriptionStore subscriptions;
  private final Pauses pauses;
  private final Explanations explanations;
  private final Retention retention;
  private final Heartbeat heartbeat;
  private Instant nextCorrection = Instant.MIN;

  /// Wires the use cases; nothing runs before [#start].
  public Application(Environment environment, ApplicationSettings settings) {
    this.store = environment.storage().events();
    this.deliveries = environment.storage().deliveries();
    this.clock = environment.clock();
    this.statistics = new Statistics(clock);
    this.admission = new AdmissionControl(settings.maxBacklog(), statistics::drainPerSecond);
    TransitionListener listener = tellAll(environment.listeners(), statistics, admission);
    this.intake =
        new Intake(
            new Intake.Outside(
                store,
                environment.subscriptions(),
                environment.equality(),
                clock,
                environment.ids()),
            admission,
            listener);
    this.operations = new Operations(environment.storage(), listener, clock);
    this.engine =
        new WorkEngine(
            environment.storage().deliveries(),
            new Handlers(environment.subscriptions(), environment.handlers()),
            settings.work(),
            new WorkEngine.Surroundings(
                clock, environment.nanoTime(), environment.random(), listener));
    this.subscriptions = environment.subscriptions();
    this.pauses = new Pauses(environment.pauses(), clock, engine::pause);
    this.explanations = explanations(environment);
    this.heartbeat =
        new Heartbeat(
            environment.nodes(),
            new Heartbeat.Self(settings.work().worker(), settings.version(), clock.instant()),
            clock,
            engine::inFlight);
    this.retention = new Retention(store, settings.retention(), clock);
  }

  private Explanations explanations(Environment environment) {
    return new Explanations(
        environment.storage(),
        subscriptions,
        pauses,
        new Explanations.Pace(statistics::drainPerSecond, () -> engine.slots() - engine.inFlight()),
        clock);
  }

  private static TransitionListener tellAll(
      List<TransitionListener> others, TransitionListener first, TransitionListener second) {
    List<TransitionListener> all = new ArrayList<>(List.of(first, second));
    all.addAll(others);
    TransitionListener[] listeners = all.toArray(TransitionListener[]::new);
    return (Transition transition) -> {
      for (TransitionListener listener : listeners) {
        listener.onTransition(transition);
      }
    };
  }

  public IngestEvents intake() {
    return intake;
  }

  public BrowseEvents browse() {
    return operations;
  }

  public ControlEvents control() {
    return operations;
  }

  /// Who wants which events.
  public SubscriptionStore subscriptions() {
    return subscriptions;
  }

  /// What is paused, and by whom.
  public Pauses pauses() {
    return pauses;
  }

  /// Tells why events are where they are.
  public Explanations explanations() {
    return explanations;
  }

  public Statistics statistics() {
    return statistics;
  }

  /// Deliveries in work on this node.
  public int inFlight() {
    return engine.inFlight();
  }

  /// How many deliveries may be in work on this node at once.
  public int workerSlots() {
    return engine.slots();
  }

  /// How full the backlog is, from 0 to 1.
  public double backlogFullness() {
    return admission.fullness();
  }

  /// Begins to work deliveries off.
  public void start() {
    pauses.refreshWhenDue();
    correctBacklog();
    engine.start();
  }

  /// Does what has to be done from time to time and at the right time: it never waits for the
  /// storage. Called about ten times a second, by one thread at a time.
  public void tick() {
    pauses.tick();
    engine.tick();
    statistics.tick();
  }

  /// Does what has to be done in the storage from time to time. Called about ten times a second, by
  /// one thread at a time, which is not that of [#tick].
  public void keepUp() {
    engine.keepLeases();
    orWarn(() -> heartbeat.reportWhenDue(admission.isClosed() ? Phase.DRAINING : Phase.ACTIVE));
    orWarn(this::correctBacklogWhenDue);
    orWarn(pauses::refreshWhenDue);
  }

  /// Forgets what is old enough, now and then, and puts back in line what is no longer paused.
  /// Called about ten times a second, by one thread at a time; leases must not wait for it, so it
  /// is not that of [#keepUp].
  public void cleanUp() {
    orWarn(engine::putBackResumed);
    orWarn(retention::purgeWhenDue);
  }

  private static void orWarn(Runnable task) {
    try {
      task.run();
    } catch (PortException e) {
      LOG.log(Level.WARNING, "the storage does not answer: " + e.getMessage());
    }
  }

  /// Why this node should get no traffic; empty when it is ready.
  public List<String> reasonsNotReady() {
    var reasons = new ArrayList<String>();
    if (admission.isClosed()) {
      reasons.add("draining");
    } else if (!engine.isRunning()) {
      reasons.add("workers are not running");
    }
    try {
      store.counts();
      if (heartbeat.isFailing()) {
        reasons.add("storage takes no writes");
      }
    } catch (PortException e) {
      reasons.add("storage does not answer");
    }
    return reasons;
  }

  /// From now on events are refused and [#reasonsNotReady] says `draining`.
  public void refuseNewEvents() {
    admission.close();
  }

  /// Refuses new events, lets running attempts finish and hands back those that do not.
  ///
  /// When the storage is memory, what is left at the end is lost; so then the backlog that is due
  /// is worked off too, but for what is paused.
  ///
  /// @param grace the longest time for all of it; keep calling [#tick] and [#keepUp] meanwhile
  public StopReport stop(Duration grace) throws InterruptedException {
    refuseNewEvents();
    Totals before = statistics.totals();
    Instant end = clock.instant().plus(grace);
    await(admission::isSettled, end);
    if (store.durability() == Durability.MEMORY) {
      await(() -> !hasWork(store.counts()), end);
    }
    Duration rest = Duration.between(clock.instant(), end);
    DrainReport report = engine.drain(rest.isNegative() ? Duration.ZERO : rest);
    orWarn(() -> heartbeat.reportWhenDue(Phase.LEFT));
    Totals meanwhile = statistics.totals().since(before);
    return new StopReport(meanwhile, report, left());
  }

  /// A node must also come to its end when its storage does not answer.
  private long left() {
    try {
      return store.counts().backlog();
    } catch (PortException e) {
      LOG.log(Level.WARNING, "what is left is this node's own count: " + e.getMessage());
      return admission.backlog();
    }
  }

  private void await(BooleanSupplier condition, Instant end) {
    while (!condition.getAsBoolean() && clock.instant().isBefore(end)) {
      LockSupport.parkNanos(POLL_WHILE_DRAINING.toNanos());
    }
  }

  /// What is in work counts too: when it fails, its retry may be due before the time is over.
  private boolean hasWork(StatusCounts counts) {
    return counts.of(DeliveryStatus.PROCESSING) > 0
        || (counts.oldestWaitingAge(clock.instant()).isPresent() && mayBegin());
  }

  /// Whether not all that waits is paused.
  private boolean mayBegin() {
    PausedWork paused = pauses.paused();
    return !paused.isEverything()
        && (paused.subscriptions().isEmpty()
            || deliveries.countDueBefore(clock.instant().plusNanos(1), 1) > 0);
  }

  private void correctBacklogWhenDue() {
    Instant now = clock.instant();
    if (!now.isBefore(nextCorrection)) {
      nextCorrection = now.plus(CORRECT_BACKLOG_EVERY);
      correctBacklog();
    }
  }

  private void correctBacklog() {
    long known = admission.known();
    admission.correct(known, store.counts().backlog());
  }
}
