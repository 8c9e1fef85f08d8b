package dev.sluice.application.work;

import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Processes deliveries: one dispatcher claims, attempts run on virtual threads, outcomes are
/// settled in batches, leases are extended and expired ones reclaimed.
///
/// It has no timer of its own: [#tick] and [#keepLeases] must be called every 50 ms, each by one
/// thread at a time, and not by the same one.
public final class WorkEngine {

  private static final System.Logger LOG = System.getLogger(WorkEngine.class.getName());
  private static final Duration TIME_TO_REACT = Duration.ofSeconds(1);

  private final DeliveryQueue queue;
  private final Slots slots;
  private final Settler settler;
  private final AttemptRunner runner;
  private final Dispatcher dispatcher;
  private final LeaseKeeper leaseKeeper;
  private final Reclaimer reclaimer;
  private final Gate gate = new Gate();
  private final ClaimableSubscriptions claimable;
  private final RateSlices rates;
  private final FailureLog failures;

  /// @param queue where deliveries come from
  /// @param handlers process them
  /// @param settings limits and times
  /// @param dependencies clock, randomness and listener
  public WorkEngine(
      DeliveryQueue queue, Handlers handlers, WorkSettings settings, Dependencies dependencies) {
    TimeSource clock = dependencies.clock();
    TransitionListener listener = dependencies.listener();
    var verdicts = new Verdicts(handlers, dependencies.pauser(), clock, dependencies.random());
    var leaseTime = new LeaseTime(clock, settings.lease(), queue.isShared());
    this.slots = new Slots(settings.slots(), handlers.receiverSlots());
    this.queue = queue;
    this.claimable = new ClaimableSubscriptions(handlers, gate, dependencies.lanes());
    this.rates =
        new RateSlices(dependencies.rateTokens(), handlers::rateOf, settings.slots(), clock);
    var limits = new NodeLimits(new SlotShares(), rates);
    this.settler = new Settler(queue, slots, listener, clock);
    this.runner =
        new AttemptRunner(
            settings,
            handlers,
            verdicts,
            settler,
            slots,
            new AttemptRunner.Signals(
                listener, clock, leaseTime, claimable, limits, queue::wakeUp));
    this.dispatcher =
        new Dispatcher(
            queue,
            settings,
            runner,
            leaseTime,
            new Dispatcher.Limits(slots, limits, claimable, gate),
            clock);
    this.leaseKeeper = new LeaseKeeper(queue, runner, settler, leaseTime);
    this.reclaimer =
        new Reclaimer(
            queue, verdicts, runner.abandonedLimit(), listener, clock, settings.sweepInterval());
    this.failures = new FailureLog(LOG, clock);
  }

  /// Further dependencies of the engine.
  ///
  /// @param clock the wall clock and the monotonic clock
  /// @param random for jitter
  /// @param listener receives transitions
  /// @param rateTokens the token buckets of subscriptions with a rate limit
  /// @param pauser pauses subscriptions whose receivers want no more events
  /// @param lanes says whose deliveries must not be claimed yet
  public record Dependencies(
      TimeSource clock,
      RandomGenerator random,
      TransitionListener listener,
      RateTokens rateTokens,
      SubscriptionPauser pauser,
      LaneArranger lanes) {}

  public void start() {
    dispatcher.start();
  }

  /// Whether new work is being claimed.
  public boolean isRunning() {
    return dispatcher.isRunning();
  }

  /// Whether claiming ended without being stopped.
  public boolean isDead() {
    return dispatcher.isDead();
  }

  /// Deliveries in progress, including those whose outcome is being recorded.
  public int inFlight() {
    return slots.inUse();
  }

  /// The maximum number of deliveries in progress: with those that wait for receivers, if there are
  /// subscriptions with receivers.
  public int slots() {
    return slots.total(claimable.needsReceivers());
  }

  /// Interrupts attempts that are overdue or whose lease is over, and hands back deliveries that
  /// have waited for a slot too long. Never waits for the storage.
  public void tick() {
    runner.interruptions().breakOffOverdue();
    leaseKeeper.breakOffLost();
    runner.handBackOverdue();
  }

  /// Extends leases and reclaims expired ones. Waits for the storage.
  public void keepLeases() {
    try {
      leaseKeeper.renew();
      reclaimer.sweepWhenDue();
    } catch (PortException e) {
      failures.expected("cannot extend leases, retrying", e);
    }
  }

  /// Draws tokens for subscriptions with a rate limit that have work. Called every 50 ms by a
  /// thread of its own, because it waits for the storage.
  public void drawTokens() {
    if (rates.draw()) {
      queue.wakeUp();
    }
  }

  /// How long due deliveries of a subscription wait for a token of its rate limit; empty if they
  /// need not wait.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the storage does not answer
  public Optional<Duration> untilNextToken(SubscriptionName subscription) {
    return rates.untilNext(subscription);
  }

  /// Replaces the set of what is paused: claimed deliveries that have not started are handed back,
  /// and running attempts may finish. Leases are extended as before.
  public void pause(PausedWork paused) {
    gate.set(paused);
    runner.handBackPaused();
    queue.wakeUp();
  }

  /// The subscriptions whose deliveries may begin on this node now.
  public Set<SubscriptionName> claimable() {
    return claimable.names();
  }

  /// Stops claiming, lets attempts finish for up to `grace`, then interrupts the others and hands
  /// their deliveries back. The engine cannot be started again.
  public DrainReport drain(Duration grace) throws InterruptedException {
    dispatcher.stop();
    int before = slots.inUse();
    int notBegun = runner.handBackWaiting();
    putBackTokens();
    if (slots.awaitAllFree(grace)) {
      return new DrainReport(before, notBegun, 0);
    }
    settler.giveUp();
    Set<RunningAttempt> handedBack = runner.interruptions().handBackAll();
    boolean isEmpty = slots.awaitAllFree(TIME_TO_REACT);
    Set<RunningAttempt> stuck = isEmpty ? Set.of() : Set.copyOf(runner.running());
    var notFinished = new HashSet<>(handedBack);
    notFinished.addAll(stuck);
    return new DrainReport(
        Math.max(0, before - notFinished.size()), handedBack.size() + notBegun, stuck.size());
  }

  private void putBackTokens() {
    try {
      rates.putBackAll();
    } catch (PortException e) {
      failures.expected("unused tokens of rate limits are lost", e);
    }
  }
}
