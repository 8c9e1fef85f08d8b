package dev.sluice.application.work;

import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Works deliveries off: one dispatcher claims, every attempt runs on its own virtual thread,
/// outcomes are settled in batches, leases are kept and expired ones reclaimed.
///
/// It has no clock of its own: [#tick] and [#keepLeases] must be called every 50 ms,
/// each by one thread at a time, and not by the same one.
public final class WorkEngine {

  private static final System.Logger LOG = System.getLogger(WorkEngine.class.getName());
  private static final Duration TIME_TO_REACT = Duration.ofSeconds(1);

  private final Slots slots;
  private final Settler settler;
  private final AttemptRunner runner;
  private final Dispatcher dispatcher;
  private final LeaseKeeper leaseKeeper;
  private final Reclaimer reclaimer;
  private final Gate gate = new Gate();
  private final Unparker unparker;
  private final FailureLog failures;

  /// @param queue where deliveries come from
  /// @param handlers who processes them
  /// @param settings how much at once and for how long
  /// @param dependencies time, chance and who is told
  public WorkEngine(
      DeliveryQueue queue, Handlers handlers, WorkSettings settings, Dependencies dependencies) {
    TimeSource clock = dependencies.clock();
    TransitionListener listener = dependencies.listener();
    var verdicts = new Verdicts(handlers, clock, dependencies.random());
    var leaseTime = new LeaseTime(clock, settings.lease(), queue.isShared());
    this.slots = new Slots(settings.slots());
    this.settler = new Settler(queue, slots, listener, clock);
    this.runner =
        new AttemptRunner(
            settings,
            handlers,
            verdicts,
            settler,
            slots,
            new AttemptRunner.Signals(listener, clock, leaseTime, gate));
    this.dispatcher = new Dispatcher(queue, slots, settings, runner, leaseTime, gate, clock);
    this.leaseKeeper = new LeaseKeeper(queue, runner, settler, leaseTime);
    this.reclaimer =
        new Reclaimer(
            queue, verdicts, runner.abandonedLimit(), listener, clock, settings.sweepInterval());
    this.failures = new FailureLog(LOG, clock);
    this.unparker = new Unparker(queue, gate, clock);
  }

  /// Time, chance and who is told.
  ///
  /// @param clock what time it is, and how much of it has passed
  /// @param random for jitter
  /// @param listener is told of what happens
  public record Dependencies(
      TimeSource clock, RandomGenerator random, TransitionListener listener) {}

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

  /// Deliveries in work, and those whose outcome is being recorded.
  public int inFlight() {
    return slots.inUse();
  }

  /// How many deliveries may be in work at once.
  public int slots() {
    return slots.total();
  }

  /// Breaks off attempts that are overdue or whose lease is over, and hands back what waits for a
  /// slot in vain. Never waits for the storage.
  public void tick() {
    runner.breakOffOverdue();
    leaseKeeper.breakOffLost();
    runner.handBackOverdue();
  }

  /// Prolongs leases and reclaims expired ones. Waits for the storage.
  public void keepLeases() {
    try {
      leaseKeeper.renew();
      reclaimer.sweepWhenDue();
    } catch (PortException e) {
      failures.expected("cannot keep leases, trying again", e);
    }
  }

  /// From now on nothing of this is begun, until it is called again: what was claimed and has not
  /// begun is handed back, what is running is left to finish. Leases are kept as ever.
  public void pause(PausedWork paused) {
    gate.set(paused);
    runner.handBackPaused();
    unparker.soon();
  }

  /// Puts deliveries of subscriptions that are no longer paused back in line. Waits for the
  /// storage, and for longer than leases may wait. To be called every 50 ms.
  public void unparkResumed() {
    unparker.unparkWhenDue();
  }

  /// Stops claiming, lets attempts finish for as long as `grace`, then breaks off the others and
  /// hands their deliveries back. The engine cannot be started again.
  public DrainReport drain(Duration grace) throws InterruptedException {
    dispatcher.stop();
    int before = slots.inUse();
    int notBegun = runner.handBackWaiting();
    if (slots.awaitAllFree(grace)) {
      return new DrainReport(before, notBegun, 0);
    }
    settler.giveUp();
    Set<RunningAttempt> handedBack = runner.handBackAll();
    boolean isEmpty = slots.awaitAllFree(TIME_TO_REACT);
    Set<RunningAttempt> stuck = isEmpty ? Set.of() : Set.copyOf(runner.running());
    var notFinished = new HashSet<>(handedBack);
    notFinished.addAll(stuck);
    return new DrainReport(
        Math.max(0, before - notFinished.size()), handedBack.size() + notBegun, stuck.size());
  }
}
