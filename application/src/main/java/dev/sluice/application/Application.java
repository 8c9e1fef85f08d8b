package dev.sluice.application;

import dev.sluice.application.access.AuthenticateCallers;
import dev.sluice.application.access.ManageKeys;
import dev.sluice.application.activity.Activity;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.NoIntake;
import dev.sluice.application.operate.BrowseEvents;
import dev.sluice.application.operate.BulkOperations;
import dev.sluice.application.operate.ControlEvents;
import dev.sluice.application.operate.Explanations;
import dev.sluice.application.operate.Figures;
import dev.sluice.application.operate.Statistics;
import dev.sluice.application.schedule.NextRun;
import dev.sluice.application.stream.ChangeLog;
import dev.sluice.application.work.Pauses;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.node.NodeReport.Phase;
import dev.sluice.domain.port.StatusCounts;
import dev.sluice.domain.port.SubscriptionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// All use cases of one node, wired to each other: what adapters call, and what the server starts,
/// ticks and stops.
public final class Application {

  private static final Duration CORRECT_BACKLOG_EVERY = Duration.ofSeconds(1);

  private final Wiring wiring;
  private final NextRun nextCorrection;
  private final Upkeep upkeep;
  private final StorageProbe probe;
  private volatile boolean isStarted;

  /// Wires the use cases; nothing runs before [#start].
  public Application(Environment environment, ApplicationSettings settings) {
    this.wiring = new Wiring(environment, settings);
    this.nextCorrection = new NextRun(wiring.clock);
    this.upkeep = new Upkeep(wiring, wiring::phase, this::correctBacklogWhenDue);
    this.probe = new StorageProbe(wiring.figures::refreshCounts, wiring.clock);
  }

  /// Takes events from producers, if this node does.
  public IngestEvents intake() {
    return wiring.settings.role().takesEvents() ? wiring.intake : NoIntake.INSTANCE;
  }

  /// Takes events that came to the storage by another way, whatever the node's role.
  public IngestEvents storageIntake() {
    return wiring.intake;
  }

  public BrowseEvents browse() {
    return wiring.operations;
  }

  public ControlEvents control() {
    return wiring.operations;
  }

  /// Who wants which events.
  public SubscriptionStore subscriptions() {
    return wiring.environment.subscriptions();
  }

  /// What is done to many events at once.
  public BulkOperations bulk() {
    return wiring.bulk;
  }

  /// What operators did.
  public Activity activity() {
    return wiring.activity;
  }

  /// Tells who calls.
  public AuthenticateCallers callers() {
    return wiring.keys;
  }

  public ManageKeys keys() {
    return wiring.keys;
  }

  /// What is paused, and by whom.
  public Pauses pauses() {
    return wiring.pauses;
  }

  /// Tells why events are where they are.
  public Explanations explanations() {
    return wiring.explanations;
  }

  /// What this node did.
  public Statistics statistics() {
    return wiring.statistics;
  }

  /// What all nodes did, and how much there is.
  public Figures figures() {
    return wiring.figures;
  }

  /// What happens, for those who watch.
  public ChangeLog changes() {
    return wiring.changes;
  }

  /// About how many changes other nodes wanted to hear of and were not told.
  public long changesNotShared() {
    return wiring.changeSharing.dropped();
  }

  /// Deliveries in work on this node.
  public int inFlight() {
    return wiring.engine.inFlight();
  }

  /// How many deliveries may be in work on this node at once.
  public int workerSlots() {
    return wiring.slots();
  }

  /// How full the backlog is, from 0 to 1.
  public double backlogFullness() {
    return wiring.admission.fullness();
  }

  /// Begins to work deliveries off.
  public void start() {
    wiring.pauses.refreshWhenDue();
    correctBacklog();
    wiring.keys.refresh();
    if (wiring.settings.role().works()) {
      wiring.engine.start();
    }
    upkeep.begin();
    isStarted = true;
  }

  /// Does what has to be done from time to time and at the right time: it never waits for the
  /// storage. Called about ten times a second, by one thread at a time.
  public void tick() {
    upkeep.tick();
  }

  /// Does what has to be done in the storage from time to time. Called about ten times a second, by
  /// one thread at a time, which is not that of [#tick].
  public void keepUp() {
    upkeep.keepUp();
  }

  /// Writes history, looks at other nodes, puts back in line what is no longer paused and forgets
  /// what is old enough, now and then. Called about ten times a second, by one thread at a time;
  /// leases must not wait for it, so it is not that of [#keepUp].
  public void cleanUp() {
    upkeep.cleanUp();
  }

  /// Does bulk jobs. Called about ten times a second, by one thread at a time, which may have to
  /// wait for the storage.
  public void runBulkJobs() {
    upkeep.runBulkJobs();
  }

  /// Tells other nodes what happens here, and hears what happens there, while anybody watches.
  /// Called about ten times a second, by one thread at a time; nothing waits for it, so it is
  /// neither that of [#keepUp] nor that of [#cleanUp].
  public void shareChanges() {
    upkeep.shareChanges();
  }

  /// Why this node should get no traffic; empty when it is ready. The storage is asked at most
  /// twice a second, however many callers there are, and nobody waits for it for long.
  public List<String> reasonsNotReady() {
    var reasons = new ArrayList<String>();
    if (wiring.phase() == Phase.DRAINING) {
      reasons.add("draining");
    } else if (wiring.settings.role().works() && !wiring.engine.isRunning()) {
      reasons.add("workers are not running");
    }
    if (!probe.answers()) {
      reasons.add("storage does not answer");
    } else if (wiring.heartbeat.isFailing()) {
      reasons.add("storage takes no writes");
    } else if (wiring.figures.disk().filter(DiskReport::isFull).isPresent()) {
      reasons.add("storage is full");
    }
    if (isStarted) {
      reasons.addAll(upkeep.overdue());
    }
    return reasons;
  }

  /// Why this process should be replaced: what has ended or hangs and cannot come back. Empty while
  /// it lives. A storage that is away is no such reason.
  public List<String> reasonsNotAlive() {
    return isStarted && !wiring.admission.isClosed() ? upkeep.dead() : List.of();
  }

  /// From now on this node is `draining` for [#reasonsNotReady] and for other nodes, so that load
  /// balancers send nothing more, while events are still taken.
  public void announceStop() {
    wiring.announceStop();
  }

  /// From now on events are refused and [#reasonsNotReady] says `draining`.
  public void refuseNewEvents() {
    wiring.admission.close();
  }

  /// Refuses new events, lets running attempts finish and hands back those that do not.
  ///
  /// When the storage is memory, what is left at the end is lost; so then the backlog that is due
  /// is worked off too, but for what is paused.
  ///
  /// @param grace the longest time for all of it; keep calling [#tick] and [#keepUp] meanwhile
  public StopReport stop(Duration grace) throws InterruptedException {
    return new Shutdown(wiring).stop(grace);
  }

  private void correctBacklogWhenDue() {
    if (nextCorrection.isDue()) {
      nextCorrection.in(CORRECT_BACKLOG_EVERY);
      correctBacklog();
    }
  }

  private void correctBacklog() {
    long known = wiring.admission.known();
    StatusCounts counts = wiring.figures.refreshCounts();
    wiring.admission.correct(known, counts.backlog());
    wiring.admission.correctUnrouted(counts.of(EventStatus.UNROUTED));
  }
}
