package dev.sluice.application.work;

import dev.sluice.application.work.WaitingClaims.ClaimedAhead;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Runs attempts on virtual threads.
final class AttemptRunner {

  /// Attempts that take longer do not count as short.
  private static final Duration SHORT = Duration.ofMillis(50);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /// A thread runs attempts one after another for about this time, as long as a request takes.
  /// Virtual threads are not preempted, and those that answer requests must get their turn.
  private static final Duration TURN = Duration.ofNanos(100_000);

  /// A delivery may wait for a slot for the lease divided by this, and at most [#LONGEST_WAIT].
  private static final int WAIT_FRACTION = 3;

  private final Handlers handlers;
  private final Verdicts verdicts;
  private final Settler settler;
  private final Slots slots;
  private final TransitionListener listener;
  private final TimeSource clock;
  private final LeaseTime leaseTime;
  private final ClaimableSubscriptions claimable;
  private final NodeLimits limits;
  private final Runnable wakeUp;
  private final Duration longestWait;
  private final Duration timeout;
  private final RunningAttempts running;
  private final AbandonedLimit abandonedLimit;
  private final Interruptions interruptions;

  private final WaitingClaims waiting = new WaitingClaims();

  private final AtomicInteger shortlyEnded = new AtomicInteger();

  AttemptRunner(
      WorkSettings settings,
      Handlers handlers,
      Verdicts verdicts,
      Settler settler,
      Slots slots,
      Signals signals) {
    this.handlers = handlers;
    this.verdicts = verdicts;
    this.settler = settler;
    this.slots = slots;
    this.listener = signals.listener();
    this.clock = signals.clock();
    this.leaseTime = signals.leaseTime();
    this.claimable = signals.claimable();
    this.limits = signals.limits();
    this.wakeUp = signals.wakeUp();
    Duration part = leaseTime.lease().dividedBy(WAIT_FRACTION);
    this.longestWait = part.compareTo(LONGEST_WAIT) < 0 ? part : LONGEST_WAIT;
    this.timeout = settings.attemptTimeout();
    this.running = new RunningAttempts(slots.total(true));
    this.abandonedLimit = new AbandonedLimit(settings.slots(), clock);
    this.interruptions =
        new Interruptions(running, abandonedLimit, verdicts, settler, slots, listener, clock);
  }

  /// Where transitions go, and what decides whether and when deliveries begin.
  ///
  /// @param claimable the subscriptions whose deliveries may begin
  /// @param limits notified when a delivery is claimed and when it ends
  /// @param wakeUp makes the dispatcher claim again, because a limit allows more
  record Signals(
      TransitionListener listener,
      TimeSource clock,
      LeaseTime leaseTime,
      ClaimableSubscriptions claimable,
      NodeLimits limits,
      Runnable wakeUp) {}

  /// How many deliveries to claim beyond the free slots: while attempts are short, about as many as
  /// ended since the last call will have ended when the next claims arrive. A delivery that would
  /// wait behind long attempts is better left to another node.
  int worthClaimingAhead() {
    return shortlyEnded.getAndSet(0);
  }

  /// Starts an attempt for each claim while there are free slots; the others start as attempts end,
  /// and slots that are not needed are released. Called by one thread at a time.
  ///
  /// @param leaseEnd of the claims
  void start(List<Claim> claims, FreeSlots free, LeaseEnd leaseEnd) {
    TimeLimit wait = TimeLimit.of(clock, longestWait);
    Instant now = clock.instant();
    for (Claim claim : claims) {
      // Before its attempt can end, so that transitions are in order.
      listener.onTransition(claimed(claim, now));
      limits.claimed(claim.subscription());
      SlotPool pool = claimable.poolOf(claim.subscription());
      waiting.add(new ClaimedAhead(claim, pool, wait, leaseEnd));
    }
    slots.giveBack(beginWaiting(free));
  }

  /// Starts deliveries that were claimed ahead while there are free slots. Called by one thread at
  /// a time.
  ///
  /// @return the slots that are left
  FreeSlots beginWaiting(FreeSlots free) {
    return new FreeSlots(
        beginWaiting(SlotPool.HANDLERS, free.handlers()),
        beginWaiting(SlotPool.RECEIVERS, free.receivers()));
  }

  private int beginWaiting(SlotPool pool, int free) {
    for (int left = free; left > 0; left--) {
      RunningAttempt attempt = next(pool);
      if (attempt == null) {
        return left;
      }
      running.add(attempt);
      beginIfAny(attempt);
    }
    return 0;
  }

  AbandonedLimit abandonedLimit() {
    return abandonedLimit;
  }

  Interruptions interruptions() {
    return interruptions;
  }

  /// Whether a claimed delivery waits for a slot of a pool that has a free one.
  boolean hasWaiting(FreeSlots free) {
    return free.pools().stream().anyMatch(waiting::hasAny);
  }

  private static Transition claimed(Claim claim, Instant now) {
    return new Transition.Claimed(
        claim.event(), claim.subscription(), claim.attempts(), claim.lease().worker(), now);
  }

  private @Nullable RunningAttempt next(SlotPool pool) {
    for (ClaimedAhead next = waiting.poll(pool); next != null; next = waiting.poll(pool)) {
      SubscriptionName subscription = next.claim().subscription();
      Optional<AttemptSetup> setup = handlers.setupOf(subscription, timeout);
      boolean isExpired = verdicts.isExpired(next.claim());
      if (!isExpired
          && leaseTime.allowsBegin(next.leaseEnd())
          && claimable.contains(subscription)
          && setup.isPresent()) {
        slots.use();
        var begun = new RunningAttempt(next.claim(), pool, clock, next.leaseEnd());
        begun.runsWith(setup.get());
        return begun;
      }
      // Paused or deleted meanwhile, or its lease is nearly over: once it is, the storage rejects
      // this.
      giveUp(next, isExpired ? Resolution.EXPIRE : Resolution.HAND_BACK);
    }
    return null;
  }

  /// The attempts whose handlers have not returned.
  List<RunningAttempt> running() {
    return running.toList();
  }

  private void run(RunningAttempt first) {
    TimeLimit turn = TimeLimit.of(clock, TURN);
    RunningAttempt next = runOne(first);
    while (next != null && !turn.isOver()) {
      next = runOne(next);
    }
    beginIfAny(next);
  }

  private void beginIfAny(@Nullable RunningAttempt attempt) {
    if (attempt != null) {
      Thread.startVirtualThread(() -> run(attempt));
    }
  }

  /// Runs one attempt.
  ///
  /// @return the attempt that has its slot now and is to run on this thread, if any
  private @Nullable RunningAttempt runOne(RunningAttempt attempt) {
    attempt.runsOn(Thread.currentThread());
    Outcome outcome = HandlerCall.outcomeOf(attempt);
    boolean counts = attempt.handlerReturned();
    RunningAttempt next = null;
    try {
      next = passOn(attempt);
    } finally {
      // Even after an error: a slot that is lost here is lost until the process ends.
      next = end(attempt, counts, outcome, next);
    }
    return next;
  }

  /// Reports the outcome of an attempt whose slot was passed on.
  ///
  /// @return the attempt that is to run on this thread, if any
  private @Nullable RunningAttempt end(
      RunningAttempt attempt, boolean counts, Outcome outcome, @Nullable RunningAttempt next) {
    boolean isReported = false;
    try {
      endAbandoned(attempt, counts);
      if (attempt.releaseThread()) {
        slots.release(1);
      }
      if (counts) {
        settler.add(attempt, verdicts.on(attempt, outcome), outcome.response());
      }
      isReported = true;
    } finally {
      if (!isReported) {
        beginIfAny(next);
        releaseUnreported(attempt, counts);
      }
    }
    return counts ? write(next) : next;
  }

  /// Its lease expires, and then another attempt follows.
  private void releaseUnreported(RunningAttempt attempt, boolean counts) {
    attempt.releaseThread();
    if (counts && attempt.releaseSettlement()) {
      slots.release(1);
    }
  }

  /// Records outcomes if no other thread does, while another one runs the next attempt.
  ///
  /// @return the attempt that is to run on this thread, if any
  @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on the scheduler but the cost.
  private @Nullable RunningAttempt write(@Nullable RunningAttempt next) {
    if (!settler.becomeWriter()) {
      return next;
    }
    try {
      beginIfAny(next);
      // Under load, other threads add outcomes meanwhile, and one write for many costs less;
      // without load, this takes no time.
      Thread.yield();
    } finally {
      settler.write();
    }
    return null;
  }

  private void endAbandoned(RunningAttempt attempt, boolean isThrough) {
    if (attempt.claim().isAfterAbandonment()) {
      abandonedLimit.ended();
      if (isThrough && attempt.prove()) {
        abandonedLimit.proven();
      }
    }
  }

  /// Hands back claimed deliveries that must not start now.
  void refuse(List<Claim> claims, LeaseEnd leaseEnd) {
    Instant now = clock.instant();
    for (Claim claim : claims) {
      listener.onTransition(claimed(claim, now));
      SlotPool pool = claimable.poolOf(claim.subscription());
      giveUp(claim, pool, leaseEnd, Resolution.HAND_BACK);
    }
  }

  /// Passes the attempt's slot on to the next delivery that waits for one.
  ///
  /// @return its attempt, which is to be begun
  private @Nullable RunningAttempt passOn(RunningAttempt attempt) {
    boolean wasShort = attempt.age(clock).compareTo(SHORT) < 0;
    if (wasShort && attempt.pool() == SlotPool.HANDLERS) {
      shortlyEnded.incrementAndGet();
    }
    boolean allowsMore = limits.ended(attempt.claim().subscription(), wasShort);
    RunningAttempt next = next(attempt.pool());
    if (next == null) {
      running.remove(attempt);
      allowsMore |= slots.giveBack(attempt.pool(), 1);
    } else {
      running.replace(attempt, next);
    }
    if (allowsMore) {
      wakeUp.run();
    }
    return next;
  }

  /// Hands back deliveries that have waited long for a slot: attempts take longer than before, and
  /// another node may be free.
  void handBackOverdue() {
    waiting.takeOverdue().forEach(this::handBack);
  }

  /// Hands back claimed deliveries that have not started and must not start now.
  void handBackPaused() {
    waiting.takeIf(claim -> !claimable.contains(claim.subscription())).forEach(this::handBack);
  }

  /// Hands back all claimed deliveries that have not started. Called when nothing more is claimed.
  ///
  /// @return how many deliveries
  int handBackWaiting() {
    List<ClaimedAhead> all = waiting.takeIf(_ -> true);
    all.forEach(this::handBack);
    return all.size();
  }

  private void handBack(ClaimedAhead ahead) {
    giveUp(ahead, Resolution.HAND_BACK);
  }

  /// Ends the attempt of a delivery that has not started.
  private void giveUp(ClaimedAhead ahead, Resolution resolution) {
    if (ahead.claim().isAfterAbandonment()) {
      abandonedLimit.ended();
    }
    if (limits.handedBack(ahead.claim().subscription())) {
      wakeUp.run();
    }
    giveUp(ahead.claim(), ahead.pool(), ahead.leaseEnd(), resolution);
  }

  private void giveUp(Claim claim, SlotPool pool, LeaseEnd leaseEnd, Resolution resolution) {
    var attempt = new RunningAttempt(claim, pool, clock, leaseEnd);
    slots.use();
    attempt.breakOff();
    attempt.releaseThread();
    settler.reportLater(attempt, resolution);
  }
}
