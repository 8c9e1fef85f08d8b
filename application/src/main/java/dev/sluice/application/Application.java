package dev.sluice.application;

import dev.sluice.application.access.AccessKeys;
import dev.sluice.application.access.AuthenticateCallers;
import dev.sluice.application.access.ManageKeys;
import dev.sluice.application.activity.Activity;
import dev.sluice.application.intake.AdmissionControl;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.Intake;
import dev.sluice.application.operate.BrowseEvents;
import dev.sluice.application.operate.BulkDesk;
import dev.sluice.application.operate.BulkOperations;
import dev.sluice.application.operate.BulkPace;
import dev.sluice.application.operate.BulkRunner;
import dev.sluice.application.operate.ControlEvents;
import dev.sluice.application.operate.Figures;
import dev.sluice.application.operate.Heartbeat;
import dev.sluice.application.operate.Operations;
import dev.sluice.application.operate.Retention;
import dev.sluice.application.operate.Statistics;
import dev.sluice.application.stream.ChangeLog;
import dev.sluice.application.stream.ChangeSharing;
import dev.sluice.application.work.DrainReport;
import dev.sluice.application.work.Handlers;
import dev.sluice.application.work.WorkEngine;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.port.ActivityEntry.Deed;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.NodeReport;
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
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// All use cases of one node, wired to each other: what adapters call, and what the server starts,
/// ticks and stops.
public final class Application {

  private static final System.Logger LOG = System.getLogger(Application.class.getName());
  private static final Duration POLL_WHILE_DRAINING = Duration.ofMillis(5);
  private static final Duration CORRECT_BACKLOG_EVERY = Duration.ofSeconds(1);
  private static final int RADIX = 36;

  /// Bulk replays leave the rest of the backlog to producers.
  private static final double FULL_FOR_REPLAYS = 0.9;

  private final EventStore store;
  private final SubscriptionStore subscriptions;
  private final InstantSource clock;
  private final Statistics statistics;
  private final AdmissionControl admission;
  private final Intake intake;
  private final Operations operations;
  private final WorkEngine engine;
  private final Retention retention;
  private final Heartbeat heartbeat;
  private final Activity activity;
  private final BulkDesk bulk;
  private final BulkRunner bulkRunner;
  private final AccessKeys keys;
  private final Figures figures;
  private final ChangeLog changes;
  private final ChangeSharing changeSharing;
  private Instant nextCorrection = Instant.MIN;

  /// Wires the use cases; nothing runs before [#start].
  public Application(Environment environment, ApplicationSettings settings) {
    this.store = environment.storage().events();
    this.subscriptions = environment.subscriptions();
    this.clock = environment.clock();
    this.statistics = new Statistics(clock);
    this.admission = new AdmissionControl(settings.maxBacklog(), statistics::drainPerSecond);
    this.changes =
        new ChangeLog(clock, Long.toUnsignedString(environment.random().nextLong(), RADIX));
    this.changeSharing =
        new ChangeSharing(changes, environment.changes(), settings.work().worker(), clock);
    TransitionListener listener =
        tellAll(List.of(statistics, admission, changes), environment.listeners());
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
    Function<Phase, NodeReport> self = self(settings, clock.instant());
    this.heartbeat = new Heartbeat(environment.nodes(), self, clock);
    this.figures =
        new Figures(
            new Figures.Sources(store, environment.nodes(), environment.series()),
            statistics,
            () -> self.apply(phase()),
            clock);
    this.retention = new Retention(store, settings.retention(), clock);
    this.activity = new Activity(environment.activity(), settings.activityRetention(), clock);
    var pace = new BulkPace(statistics::drainPerSecond);
    this.bulk = new BulkDesk(environment.storage(), pace, environment.random());
    this.bulkRunner =
        new BulkRunner(
            environment.storage().bulk(),
            pace,
            listener,
            this::recordEnd,
            new BulkRunner.Surroundings(
                clock, settings.retention(), () -> admission.fullness() < FULL_FOR_REPLAYS));
    this.keys = new AccessKeys(environment.keys(), clock, environment.nanoTime());
  }

  private Function<Phase, NodeReport> self(ApplicationSettings settings, Instant startedAt) {
    return phase ->
        new NodeReport(
            settings.work().worker(),
            settings.version(),
            startedAt,
            phase,
            engine.inFlight(),
            engine.slots(),
            Optional.of(statistics.snapshot()));
  }

  private Phase phase() {
    return admission.isClosed() ? Phase.DRAINING : Phase.ACTIVE;
  }

  private static TransitionListener tellAll(
      List<TransitionListener> own, List<TransitionListener> others) {
    List<TransitionListener> all = new ArrayList<>(own);
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

  /// What is done to many events at once.
  public BulkOperations bulk() {
    return bulk;
  }

  /// What operators did.
  public Activity activity() {
    return activity;
  }

  /// Tells who calls.
  public AuthenticateCallers callers() {
    return keys;
  }

  public ManageKeys keys() {
    return keys;
  }

  /// What this node did.
  public Statistics statistics() {
    return statistics;
  }

  /// What all nodes did, and how much there is.
  public Figures figures() {
    return figures;
  }

  /// What happens, for those who watch.
  public ChangeLog changes() {
    return changes;
  }

  /// About how many changes other nodes wanted to hear of and were not told.
  public long changesNotShared() {
    return changeSharing.dropped();
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
    correctBacklog();
    keys.refresh();
    engine.start();
  }

  /// Does what has to be done from time to time and at the right time: it never waits for the
  /// storage. Called about ten times a second, by one thread at a time.
  public void tick() {
    engine.tick();
    statistics.tick();
    figures.tick();
  }

  /// Does what has to be done in the storage from time to time. Called about ten times a second, by
  /// one thread at a time, which is not that of [#tick].
  public void keepUp() {
    engine.keepLeases();
    orWarn(() -> heartbeat.reportWhenDue(phase()));
    orWarn(this::correctBacklogWhenDue);
    orWarn(keys::keepUp);
  }

  /// Writes history, looks at other nodes and forgets what is old enough, now and then. Called
  /// about ten times a second, by one thread at a time; leases must not wait for it, so it is not
  /// that of [#keepUp].
  public void cleanUp() {
    orWarn(figures::readNodes);
    orWarn(figures::writeHistory);
    orWarn(retention::purgeWhenDue);
    orWarn(activity::purgeWhenDue);
  }

  /// Does bulk jobs. Called about ten times a second, by one thread at a time, which may have to
  /// wait for the storage.
  public void runBulkJobs() {
    orWarn(bulkRunner::run);
  }

  private void recordEnd(BulkJob job) {
    String result = job.done() + " done, " + job.skipped() + " skipped";
    activity.record(Activity.SERVICE, new Deed("bulk.finish", job.plan().id(), "", result, ""));
  }

  /// Tells other nodes what happens here, and hears what happens there, while anybody watches.
  /// Called about ten times a second, by one thread at a time; nothing waits for it, so it is
  /// neither that of [#keepUp] nor that of [#cleanUp].
  public void shareChanges() {
    changeSharing.shareWhenDue();
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
      // What is kept would tell too late: whoever asks wants to know whether it answers now.
      figures.refreshCounts();
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
  /// is worked off too.
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
    orWarn(keys::writeLastUses);
    orWarn(figures::finishHistory);
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
        || counts.oldestWaitingAge(clock.instant()).isPresent();
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
    admission.correct(known, figures.refreshCounts().backlog());
  }
}
