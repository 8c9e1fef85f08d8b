package dev.sluice.application;

import dev.sluice.application.work.DrainReport;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.node.NodeReport.Phase;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.time.TimeLimit;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Stops a node: running attempts may finish, the rest is handed back.
final class Shutdown {

  private static final System.Logger LOG = System.getLogger(Shutdown.class.getName());
  private static final Duration POLL_WHILE_DRAINING = Duration.ofMillis(5);

  private final Wiring wiring;
  private final EventStore store;
  private final DeliveryQueue deliveries;

  Shutdown(Wiring wiring) {
    this.wiring = wiring;
    this.store = wiring.dependencies.ports().storage().events();
    this.deliveries = wiring.dependencies.ports().storage().deliveries();
  }

  /// @param grace time limit for the whole shutdown
  StopReport stop(Duration grace) throws InterruptedException {
    wiring.admission.close();
    Totals before = wiring.statistics.totals();
    TimeLimit end = TimeLimit.of(wiring.clock, grace);
    await(wiring.admission::isSettled, end);
    if (store.durability() == Durability.MEMORY) {
      await(() -> !hasWork(store.counts()), end);
    }
    DrainReport report = wiring.engine.drain(end.rest());
    StorageOutage.tolerate(() -> wiring.heartbeat.reportWhenDue(Phase.LEFT));
    StorageOutage.tolerate(wiring.keys::writeLastUses);
    StorageOutage.tolerate(wiring.figures::finishHistory);
    return new StopReport(wiring.statistics.totals().since(before), report, left());
  }

  /// A node must stop even when its storage does not answer.
  private long left() {
    try {
      return store.counts().backlog();
    } catch (PortException e) {
      LOG.log(
          Level.WARNING,
          "the storage does not answer; the backlog is this node's own count: " + e.getMessage());
      return wiring.admission.backlog();
    }
  }

  private void await(BooleanSupplier condition, TimeLimit end) {
    while (!condition.getAsBoolean() && !end.isOver()) {
      LockSupport.parkNanos(POLL_WHILE_DRAINING.toNanos());
    }
  }

  /// Deliveries in progress count too: if one fails, its retry may be due within the grace period.
  private boolean hasWork(StatusCounts counts) {
    return counts.of(DeliveryStatus.PROCESSING) > 0
        || (counts.oldestWaitingAge(wiring.clock.instant()).isPresent() && mayBegin());
  }

  /// Whether anything that waits is not paused.
  private boolean mayBegin() {
    return wiring.engine.claimable().stream()
        .anyMatch(
            name -> deliveries.countDueBefore(name, wiring.clock.instant().plusNanos(1), 1) > 0);
  }
}
