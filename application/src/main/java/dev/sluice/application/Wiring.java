package dev.sluice.application;

import dev.sluice.application.access.AccessKeys;
import dev.sluice.application.activity.Activity;
import dev.sluice.application.intake.AdmissionControl;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.application.intake.Intake;
import dev.sluice.application.intake.NoIntake;
import dev.sluice.application.operate.BackfillPlanner;
import dev.sluice.application.operate.BackfillSteps;
import dev.sluice.application.operate.BulkPace;
import dev.sluice.application.operate.BulkPlanner;
import dev.sluice.application.operate.BulkRunner;
import dev.sluice.application.operate.Explanations;
import dev.sluice.application.operate.Figures;
import dev.sluice.application.operate.Heartbeat;
import dev.sluice.application.operate.LaneOperations;
import dev.sluice.application.operate.Operations;
import dev.sluice.application.operate.Retention;
import dev.sluice.application.operate.SeriesScope;
import dev.sluice.application.operate.Statistics;
import dev.sluice.application.receiver.AutomaticPauses;
import dev.sluice.application.receiver.FailingReceivers;
import dev.sluice.application.receiver.PausedEvent;
import dev.sluice.application.recurring.ManageSchedules;
import dev.sluice.application.recurring.TickEmitter;
import dev.sluice.application.routing.MatchExplainer;
import dev.sluice.application.sample.TestSubscriptions;
import dev.sluice.application.schedule.FailureLog;
import dev.sluice.application.stream.ChangeLog;
import dev.sluice.application.stream.ChangeSharing;
import dev.sluice.application.subscription.DeletedSubscriptions;
import dev.sluice.application.subscription.ManageSubscriptions;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.application.work.Handlers;
import dev.sluice.application.work.LaneArranger;
import dev.sluice.application.work.Pauses;
import dev.sluice.application.work.SampleAttempts;
import dev.sluice.application.work.WorkEngine;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.NodeReport.Phase;
import dev.sluice.domain.port.ActivityEntry.Operation;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The use cases of one node, wired to each other.
final class Wiring {

  private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

  private static final int RADIX = 36;

  /// Bulk replays leave the rest of the backlog to producers.
  private static final double FULL_FOR_REPLAYS = 0.9;

  final Dependencies dependencies;
  final ApplicationSettings settings;
  final TimeSource clock;
  final SubscriptionCache subscriptions;
  final Statistics statistics;
  final AdmissionControl admission;
  final ChangeLog changes;
  final ChangeSharing changeSharing;
  final Intake intake;
  final Operations operations;
  final DeletedSubscriptions deletedSubscriptions;
  final Handlers handlers;
  final LaneArranger laneArranger;
  final WorkEngine engine;
  final Pauses pauses;
  final Explanations explanations;
  final Heartbeat heartbeat;
  final Figures figures;
  final Retention retention;
  final Activity activity;
  final AutomaticPauses automaticPauses;
  final FailingReceivers failingReceivers;
  final BulkPlanner bulk;
  final BackfillPlanner backfills;
  final BulkRunner bulkRunner;
  final AccessKeys keys;
  final TickEmitter tickEmitter;
  private volatile boolean isStopAnnounced;

  Wiring(Dependencies dependencies, ApplicationSettings settings) {
    this.dependencies = dependencies;
    this.settings = settings;
    this.clock = dependencies.clock();
    this.subscriptions = subscriptionCache();
    this.deletedSubscriptions = deletedSubscriptions();
    this.handlers = new Handlers(subscriptions, dependencies.handlers(), settings.retries());
    this.statistics = new Statistics(clock);
    this.admission = new AdmissionControl(settings.maxBacklog(), statistics::drainPerSecond);
    this.changes =
        new ChangeLog(clock, Long.toUnsignedString(dependencies.random().nextLong(), RADIX));
    this.changeSharing =
        new ChangeSharing(changes, dependencies.ports().changes(), settings.work().worker(), clock);
    TransitionListener listener =
        notifyAllOf(List.of(statistics, admission, changes), dependencies.listeners());
    this.intake = new Intake(intakeDependencies(), admission, listener);
    this.operations =
        new Operations(dependencies.ports().storage(), producerIntake(), listener, clock);
    this.laneArranger = laneArranger();
    this.engine = engine(listener);
    this.pauses = new Pauses(dependencies.ports().pauses(), clock, engine::pause);
    this.explanations =
        new Explanations(dependencies.ports().storage(), handlers, pauses, pace(), clock);
    Function<Phase, NodeReport> self = self(clock.instant());
    this.heartbeat = new Heartbeat(dependencies.ports().nodes(), self, clock);
    this.figures = figures(self);
    this.retention =
        new Retention(dependencies.ports().storage().events(), settings.retention(), clock);
    this.activity =
        new Activity(dependencies.ports().activity(), settings.activityRetention(), clock);
    this.automaticPauses = automaticPauses();
    this.failingReceivers = failingReceivers();
    var bulkPace = new BulkPace(statistics::drainPerSecond, admission::backlog);
    this.bulk = new BulkPlanner(dependencies.ports().storage(), bulkPace, dependencies.random());
    this.backfills = backfills(bulkPace);
    this.bulkRunner = bulkRunner(bulkPace, listener);
    this.keys = new AccessKeys(dependencies.keys(), clock, clock::nanoTime);
    this.tickEmitter =
        new TickEmitter(dependencies.ports().schedules(), dependencies.cron(), intake, clock);
  }

  private SubscriptionCache subscriptionCache() {
    return new SubscriptionCache(
        dependencies.ports().subscriptions(),
        dependencies.builtIn(),
        dependencies.filters(),
        clock);
  }

  private BackfillPlanner backfills(BulkPace pace) {
    return new BackfillPlanner(
        dependencies.ports().storage(), pace, dependencies.filters(), dependencies.random());
  }

  private TransitionListener notifyAllOf(
      List<TransitionListener> own, List<TransitionListener> others) {
    List<TransitionListener> all = new ArrayList<>(own);
    all.addAll(others);
    TransitionListener[] listeners = all.toArray(TransitionListener[]::new);
    var failures = new FailureLog(LOG, clock);
    return (Transition transition) -> {
      for (TransitionListener listener : listeners) {
        notify(listener, transition, failures);
      }
    };
  }

  /// A listener that fails must not undo or delay what was done.
  private static void notify(
      TransitionListener listener, Transition transition, FailureLog failures) {
    try {
      listener.onTransition(transition);
    } catch (RuntimeException e) {
      failures.unexpected("a change was not counted or shown", e);
    }
  }

  private Intake.Dependencies intakeDependencies() {
    return new Intake.Dependencies(
        dependencies.ports().storage().events(),
        subscriptions::forRouting,
        dependencies.digests(),
        clock,
        dependencies.ids());
  }

  private WorkEngine engine(TransitionListener listener) {
    return new WorkEngine(
        dependencies.ports().storage().deliveries(),
        handlers,
        settings.work(),
        new WorkEngine.Dependencies(
            clock,
            dependencies.random(),
            listener,
            dependencies.ports().rateTokens(),
            (subscription, reason) -> automaticPauses.pause(subscription, reason),
            laneArranger));
  }

  private LaneArranger laneArranger() {
    return new LaneArranger(
        dependencies.ports().storage().lanes(),
        subscriptions::current,
        dependencies.ports().subscriptions()::version,
        clock);
  }

  private AutomaticPauses automaticPauses() {
    return new AutomaticPauses(pauses, activity, this::store, clock);
  }

  /// Returns false while events are refused.
  private boolean store(PausedEvent event) {
    return !(intake.ingest(List.of(event.draft())).getFirst() instanceof IngestResult.Refused);
  }

  private FailingReceivers failingReceivers() {
    return new FailingReceivers(
        new FailingReceivers.Dependencies(
            subscriptions::current,
            handlers::receiverOf,
            () -> pauses.paused().subscriptions(),
            (name, range) -> figures.series(range, new SeriesScope.OfSubscription(name)),
            automaticPauses),
        handlers.pauseAfter(),
        clock);
  }

  private Explanations.Pace pace() {
    return new Explanations.Pace(
        () -> figures.overview().drainPerSecond(),
        () -> figures.overview().freeSlots(),
        engine::untilNextToken,
        handlers::receiverOf);
  }

  private Function<Phase, NodeReport> self(Instant startedAt) {
    return phase ->
        new NodeReport(
            settings.work().worker(),
            settings.version(),
            startedAt,
            phase,
            engine.inFlight(),
            slots(),
            Optional.of(statistics.snapshot()));
  }

  private Figures figures(Function<Phase, NodeReport> self) {
    return new Figures(
        new Figures.Dependencies(
            dependencies.ports().storage().events(),
            dependencies.ports().nodes(),
            dependencies.ports().series(),
            dependencies.queues()),
        statistics,
        () -> self.apply(phase()),
        clock);
  }

  private BulkRunner bulkRunner(BulkPace pace, TransitionListener listener) {
    return new BulkRunner(
        dependencies.ports().storage().bulk(),
        pace,
        listener,
        this::recordEnd,
        new BulkRunner.Dependencies(
            clock,
            settings.retention(),
            () -> admission.fullness() < FULL_FOR_REPLAYS,
            new BackfillSteps(
                dependencies.ports().storage(), dependencies.filters(), subscriptions::find)));
  }

  private void recordEnd(BulkJob job) {
    String result = job.done() + " done, " + job.skipped() + " skipped";
    String name = job.state() == BulkJob.State.FINISHED ? "bulk.finish" : "bulk.stop";
    activity.record(Activity.SERVICE, new Operation(name, job.plan().id(), "", result, ""));
  }

  private IngestEvents producerIntake() {
    return settings.role().takesEvents() ? intake : NoIntake.INSTANCE;
  }

  UseCases useCases() {
    return new UseCases(
        producerIntake(),
        intake,
        operations,
        operations,
        bulk,
        backfills,
        subscriptions,
        pauses,
        explanations,
        statistics,
        figures,
        changes,
        activity,
        keys,
        keys,
        handlers::policyOf,
        settings.retries(),
        manageSubscriptions(),
        handlers::receiverOf,
        testSubscriptions(),
        new ManageSchedules(dependencies.ports().schedules(), dependencies.cron(), clock),
        new LaneOperations(
            dependencies.ports().storage().lanes(), operations, laneArranger::blocked));
  }

  private ManageSubscriptions manageSubscriptions() {
    return new ManageSubscriptions(
        dependencies.ports().subscriptions(),
        subscriptions,
        dependencies.ports().storage().deliveries(),
        dependencies.destinations(),
        clock);
  }

  private TestSubscriptions testSubscriptions() {
    return new TestSubscriptions(
        new MatchExplainer(dependencies.filters()),
        new SampleAttempts(handlers, settings.work().attemptTimeout(), clock),
        clock,
        dependencies.ids(),
        (subscription, definition) ->
            dependencies
                .destinations()
                .prepare(
                    subscription,
                    definition,
                    subscriptions.find(subscription).map(one -> one.definition().destination()))
                .destination());
  }

  private DeletedSubscriptions deletedSubscriptions() {
    return new DeletedSubscriptions(subscriptions, dependencies.ports(), clock);
  }

  /// The maximum number of deliveries in progress on this node.
  int slots() {
    return settings.role().works() ? engine.slots() : 0;
  }

  /// Makes this node draining from now on.
  void announceStop() {
    isStopAnnounced = true;
  }

  Phase phase() {
    return isStopAnnounced || admission.isClosed() ? Phase.DRAINING : Phase.ACTIVE;
  }
}
