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
import dev.sluice.domain.port.NodeReport.Phase;
import dev.sluice.domain.port.StatusCounts;
import dev.sluice.domain.port.SubscriptionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// All use cases of one node, wired to each other: what adapters call, and what the server starts,
/// ticks and stops.
public final class Application {

  private static final Duration CORRECT_BACKLOG_EVERY = Duration.ofSeconds(1);

  private final Parts parts;
  private final NextRun nextCorrection;
  private final Upkeep upkeep;
  private final StorageProbe probe;
  private volatile boolean isStarted;

  /// Wires the use cases; nothing runs before [#start].
  public Application(Environment environment, ApplicationSettings settings) {
    this.parts = new Parts(environment, settings);
    this.nextCorrection = new NextRun(parts.clock);
    this.upkeep = new Upkeep(parts, parts::phase, this::correctBacklogWhenDue);
    this.probe = new StorageProbe(parts.figures::refreshCounts, parts.clock);
  }

  /// Takes events from producers, if this node does.
  public IngestEvents intake() {
    return parts.settings.role().takesEvents() ? parts.intake : NoIntake.INSTANCE;
  }

  /// Takes events that came to the storage by another way, whatever the node's role.
  public IngestEvents storageIntake() {
    return parts.intake;
  }

  public BrowseEvents browse() {
    return parts.operations;
  }

  public ControlEvents control() {
    return parts.operations;
  }

  /// Who wants which events.
  public SubscriptionStore subscriptions() {
    return parts.environment.subscriptions();
  }

  /// What is done to many events at once.
  public BulkOperations bulk() {
    return parts.bulk;
  }

  /// What operators did.
  public Activity activity() {
    return parts.activity;
  }

  /// Tells who calls.
  public AuthenticateCallers callers() {
    return parts.keys;
  }

  public ManageKeys keys() {
    return parts.keys;
  }

  /// What is paused, and by whom.
  public Pauses pauses() {
    return parts.pauses;
  }

  /// Tells why events are where they are.
  public Explanations explanations() {
    return parts.explanations;
  }

  /// What this node did.
  public Statistics statistics() {
    return parts.statistics;
  }

  /// What all nodes did, and how much there is.
  public Figures figures() {
    return parts.figures;
  }

  /// What happens, for those who watch.
  public ChangeLog changes() {
    return parts.changes;
  }

  /// About how many changes other nodes wanted to hear of and were not told.
  public long changesNotShared() {
    return parts.changeSharing.dropped();
  }

  /// Deliveries in work on this node.
  public int inFlight() {
    return parts.engine.inFlight();
  }

  /// How many deliveries may be in work on this node at once.
  public int workerSlots() {
    return parts.slots();
  }

  /// How full the backlog is, from 0 to 1.
  public double backlogFullness() {
    return parts.admission.fullness();
  }

  /// Begins to work deliveries off.
  public void start() {
    parts.pauses.refreshWhenDue();
    correctBacklog();
    parts.keys.refresh();
    if (parts.settings.role().works()) {
      parts.engine.start();
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
    if (parts.phase() == Phase.DRAINING) {
      reasons.add("draining");
    } else if (parts.settings.role().works() && !parts.engine.isRunning()) {
      reasons.add("workers are not running");
    }
    if (!probe.answers()) {
      reasons.add("storage does not answer");
    } else if (parts.heartbeat.isFailing()) {
      reasons.add("storage takes no writes");
    } else if (parts.figures.disk().filter(DiskReport::isFull).isPresent()) {
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
    return isStarted && !parts.admission.isClosed() ? upkeep.dead() : List.of();
  }

  /// From now on this node is `draining` for [#reasonsNotReady] and for other nodes, so that load
  /// balancers send nothing more, while events are still taken.
  public void announceStop() {
    parts.announceStop();
  }

  /// From now on events are refused and [#reasonsNotReady] says `draining`.
  public void refuseNewEvents() {
    parts.admission.close();
  }

  /// Refuses new events, lets running attempts finish and hands back those that do not.
  ///
  /// When the storage is memory, what is left at the end is lost; so then the backlog that is due
  /// is worked off too, but for what is paused.
  ///
  /// @param grace the longest time for all of it; keep calling [#tick] and [#keepUp] meanwhile
  public StopReport stop(Duration grace) throws InterruptedException {
    return new Shutdown(parts).stop(grace);
  }

  private void correctBacklogWhenDue() {
    if (nextCorrection.isDue()) {
      nextCorrection.in(CORRECT_BACKLOG_EVERY);
      correctBacklog();
    }
  }

  private void correctBacklog() {
    long known = parts.admission.known();
    StatusCounts counts = parts.figures.refreshCounts();
    parts.admission.correct(known, counts.backlog());
    parts.admission.correctUnrouted(counts.of(EventStatus.UNROUTED));
  }
}
