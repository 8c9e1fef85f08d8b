package dev.sluice.application;

import dev.sluice.application.recurring.TickFigures;
import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.node.NodeReport.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One node: its use cases, wired to each other, and its life from start to stop.
public final class Application {

  private static final Duration CORRECT_BACKLOG_EVERY = Duration.ofSeconds(1);

  private final Wiring wiring;
  private final UseCases useCases;
  private final NextRun nextCorrection;
  private final Upkeep upkeep;
  private final StorageProbe probe;
  private volatile boolean isStarted;

  /// Wires the use cases; nothing runs before [#start].
  public Application(Dependencies dependencies, ApplicationSettings settings) {
    this.wiring = new Wiring(dependencies, settings);
    this.nextCorrection = new NextRun(wiring.clock);
    this.useCases = wiring.useCases();
    this.upkeep = new Upkeep(wiring, wiring::phase, this::correctBacklogWhenDue);
    this.probe = new StorageProbe(wiring.figures::refreshCounts, wiring.clock);
  }

  /// The use cases that adapters call.
  public UseCases useCases() {
    return useCases;
  }

  /// The tasks that the server runs repeatedly while the node runs.
  public Upkeep upkeep() {
    return upkeep;
  }

  /// The current load of this node.
  public NodeLoad load() {
    return new NodeLoad(
        wiring.engine.inFlight(),
        wiring.slots(),
        wiring.admission.fullness(),
        wiring.changeSharing.dropped());
  }

  /// Returns what this node did with the ticks of schedules.
  public TickFigures ticks() {
    return wiring.tickEmitter.figures();
  }

  /// Starts processing deliveries.
  public void start() {
    wiring.subscriptions.refresh();
    wiring.pauses.refreshWhenDue();
    correctBacklog();
    wiring.keys.refresh();
    if (wiring.settings.role().works()) {
      wiring.engine.start();
    }
    upkeep.begin();
    isStarted = true;
  }

  /// Why this node should get no traffic; empty when it is ready. The storage is queried at most
  /// twice a second, however many callers there are, and no caller waits for it for long.
  public List<String> reasonsNotReady() {
    var reasons = new ArrayList<String>();
    if (wiring.phase() == Phase.DRAINING) {
      reasons.add("draining");
    } else if (wiring.settings.role().works() && !wiring.engine.isRunning()) {
      reasons.add("workers are not running");
    }
    storageProblem().ifPresent(reasons::add);
    if (isStarted) {
      reasons.addAll(upkeep.overdue());
    }
    return reasons;
  }

  private Optional<String> storageProblem() {
    if (!probe.answers()) {
      return Optional.of("storage does not answer");
    }
    if (wiring.heartbeat.isFailing()) {
      return Optional.of("storage takes no writes");
    }
    return wiring.figures.disk().filter(DiskReport::isFull).map(_ -> "storage is full");
  }

  /// Why this process should be replaced: what has ended or hangs and cannot recover. Empty while
  /// it is alive. An outage of the storage is no reason.
  public List<String> reasonsNotAlive() {
    return isStarted && !wiring.admission.isClosed() ? upkeep.dead() : List.of();
  }

  /// Makes this node `draining` from now on, for [#reasonsNotReady] and for other nodes, so that
  /// load balancers send nothing more, while events are still accepted.
  public void announceStop() {
    wiring.announceStop();
  }

  /// Refuses events from now on; [#reasonsNotReady] reports `draining`.
  public void refuseNewEvents() {
    wiring.admission.close();
  }

  /// Refuses new events, lets running attempts finish and hands back those that do not.
  ///
  /// With memory storage, what is left at the end is lost; so the backlog that is due is processed
  /// too, except what is paused.
  ///
  /// @param grace time limit for all of it; keep running [#upkeep] meanwhile
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
