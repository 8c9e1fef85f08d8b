package dev.sluice.application.work;

import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Claims deliveries as slots become free, until it is stopped, on one virtual thread.
final class Dispatcher {

  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final Duration IDLE_WAIT = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(200);

  private final DeliveryQueue queue;
  private final WorkSettings settings;
  private final AttemptRunner runner;
  private final LeaseTime leaseTime;
  private final Limits limits;
  private final Slots slots;
  private final FailureLog failures;
  private final Thread thread = Thread.ofVirtual().name("dispatcher").unstarted(this::loop);
  private volatile boolean isStopped;

  /// Guards `isClaiming`, and changes of `isStopped`.
  private final Object lock = new Object();

  private boolean isClaiming;

  Dispatcher(
      DeliveryQueue queue,
      WorkSettings settings,
      AttemptRunner runner,
      LeaseTime leaseTime,
      Limits limits,
      TimeSource time) {
    this.queue = queue;
    this.settings = settings;
    this.runner = runner;
    this.leaseTime = leaseTime;
    this.limits = limits;
    this.slots = limits.slots();
    this.failures = new FailureLog(LOG, time);
  }

  /// What limits claims.
  ///
  /// @param slots deliveries in progress
  /// @param each what limits single subscriptions
  /// @param claimable the subscriptions that may be claimed
  /// @param gate whether all processing is paused
  record Limits(Slots slots, NodeLimits each, ClaimableSubscriptions claimable, Gate gate) {

    Quotas quotas(int total, FreeSlots free) {
      return quotas(total, free, EnumSet.allOf(SlotPool.class));
    }

    /// @param pools whose deliveries are claimed
    Quotas quotas(int total, FreeSlots free, Set<SlotPool> pools) {
      return new NodeQuotas(total, free, pools, claimable, each);
    }
  }

  void start() {
    thread.start();
  }

  boolean isRunning() {
    return thread.isAlive();
  }

  /// Whether it ended without being stopped.
  boolean isDead() {
    return thread.getState() == Thread.State.TERMINATED && !isStopped;
  }

  /// Stops claiming. Returns when the current claim is over, so that afterwards every claimed
  /// delivery is known to run here.
  void stop() throws InterruptedException {
    synchronized (lock) {
      isStopped = true;
      // An interrupted claim could break off after the storage has leased the deliveries.
      if (!isClaiming) {
        thread.interrupt();
      }
    }
    if (thread.getState() != Thread.State.NEW) {
      thread.join();
    }
  }

  /// Only [#stop] ends it: otherwise the node would look healthy and do nothing.
  private void loop() {
    while (!isStopped) {
      try {
        takeTurn();
      } catch (PortException e) {
        failures.expected("cannot claim deliveries, retrying", e);
        pauseAfterError();
      } catch (InterruptedException e) {
        if (!isStopped) {
          failures.unexpected("the dispatcher was interrupted unexpectedly; it continues", e);
        }
      } catch (Throwable e) {
        failures.unexpected("claiming deliveries failed, retrying", e);
        pauseAfterError();
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on the scheduler but the cost.
  private void takeTurn() throws InterruptedException {
    limits.gate().awaitOpen();
    // Under load, more deliveries arrive and more slots become free meanwhile, and one claim of
    // many
    // costs less; without load, this takes no time.
    Thread.yield();
    // Attempts may have ended during the last claim, and released their slots beside deliveries
    // that were claimed ahead.
    FreeSlots taken = slots.takeFree(limits.claimable().needsReceivers());
    FreeSlots free = dispatchAbandoned(runner.beginWaiting(taken));
    if (free.total() > 0 && !dispatch(free) && !runner.hasWaiting(free) && !isStopped) {
      // What waits for a slot that is not free is no reason to look again.
      queue.awaitWork(
          limits.quotas(free.total(), free, free.pools()),
          runner.abandonedLimit().shorten(IDLE_WAIT));
    }
  }

  /// Claims a few deliveries whose last attempt was abandoned, never ahead.
  ///
  /// @return how many slots are left
  private FreeSlots dispatchAbandoned(FreeSlots free) {
    AbandonedLimit limit = runner.abandonedLimit();
    int allowed = slots.mayClaim(limit.mayClaim(free.total()));
    if (allowed == 0) {
      return free;
    }
    LeaseEnd leaseEnd = leaseTime.endIfAskedNow();
    List<Claim> claims = claimAbandoned(allowed, free);
    List<Claim> admitted = limit.admit(claims);
    runner.refuse(claims.stream().filter(claim -> !admitted.contains(claim)).toList(), leaseEnd);
    FreeSlots needed =
        free.neededFor(admitted, claim -> limits.claimable().poolOf(claim.subscription()));
    runner.start(admitted, needed, leaseEnd);
    return free.minus(needed);
  }

  private List<Claim> claimAbandoned(int allowed, FreeSlots free) {
    List<Claim> claims = List.of();
    boolean isDone = false;
    try {
      claims = claim(queue::claimAbandoned, limits.quotas(allowed, free));
      isDone = true;
      return claims;
    } finally {
      slots.notClaimed(allowed - claims.size());
      if (!isDone) {
        slots.giveBack(free);
      }
    }
  }

  /// One of the two ways to claim.
  private interface Claiming {
    List<Claim> claim(WorkerId worker, Quotas quotas, Duration lease);
  }

  /// Claims for the free slots of each pool by itself: one claim for all would take as many
  /// deliveries for one pool as there are slots in both.
  ///
  /// @return whether there may be more to claim right now
  private boolean dispatch(FreeSlots free) {
    FreeSlots left = free;
    boolean mayHaveMore = false;
    try {
      for (SlotPool pool : SlotPool.values()) {
        FreeSlots part = left.only(pool);
        if (part.total() > 0 && limits.claimable().uses(pool)) {
          left = left.minus(part);
          mayHaveMore |= dispatch(pool, free, part);
        }
      }
      return mayHaveMore;
    } finally {
      slots.giveBack(left);
    }
  }

  /// Claims for the free slots of a pool, and ahead for those that will be free soon.
  ///
  /// @param part the free slots of the pool
  /// @return whether there may be more to claim right now
  private boolean dispatch(SlotPool pool, FreeSlots free, FreeSlots part) {
    int ahead = pool == SlotPool.HANDLERS ? runner.worthClaimingAhead() : 0;
    int allowed = slots.mayClaim(part.total() + ahead);
    List<Claim> claims = List.of();
    LeaseEnd leaseEnd = leaseTime.endIfAskedNow();
    try {
      claims = claim(queue::claim, limits.quotas(allowed, free, EnumSet.of(pool)));
      return claims.size() == allowed;
    } finally {
      slots.notClaimed(allowed - claims.size());
      runner.start(claims, part, leaseEnd);
    }
  }

  private List<Claim> claim(Claiming claiming, Quotas quotas) {
    synchronized (lock) {
      if (isStopped) {
        return List.of();
      }
      isClaiming = true;
    }
    try {
      return quotas.names().isEmpty()
          ? List.of()
          : claiming.claim(settings.worker(), quotas, settings.lease());
    } finally {
      synchronized (lock) {
        isClaiming = false;
      }
    }
  }

  private static void pauseAfterError() {
    LockSupport.parkNanos(PAUSE_AFTER_ERROR.toNanos());
  }
}
