package dev.sluice.application.work;

import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Settles outcomes in batches.
///
/// Each thread adds its outcome to a queue; the first one to find no writer writes for all (flat
/// combining, after Hendler, Incze, Shavit and Tzafrir, SPAA 2010). So batches grow by themselves
/// while the storage is busy, and while it is not, no outcome waits for a thread to wake up.
final class Settler {

  private static final System.Logger LOG = System.getLogger(Settler.class.getName());
  private static final int MAX_BATCH = 512;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final DeliveryQueue queue;
  private final Slots slots;
  private final TransitionListener listener;
  private final TimeSource clock;
  private final FailureLog failures;
  private final ConcurrentLinkedQueue<Report> reports = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isWriting = new AtomicBoolean();

  /// The batch that is being written.
  private volatile List<Report> writing = List.of();

  private volatile boolean gaveUp;

  Settler(DeliveryQueue queue, Slots slots, TransitionListener listener, TimeSource clock) {
    this.queue = queue;
    this.slots = slots;
    this.listener = listener;
    this.clock = clock;
    this.failures = new FailureLog(LOG, clock);
  }

  /// An outcome on its way to the storage.
  ///
  /// @param attempt the attempt that ended
  /// @param resolution what becomes of the delivery
  /// @param took how long the attempt took
  /// @param endedAt when the attempt ended
  /// @param response what the receiver answered, if one was asked
  record Report(
      RunningAttempt attempt,
      Resolution resolution,
      Duration took,
      Instant endedAt,
      Optional<Response> response) {}

  /// Adds an outcome on a thread of its own, for callers that must not wait for the storage, such
  /// as the ticker: during an outage the writing thread retries again and again.
  void reportLater(RunningAttempt attempt, Resolution resolution) {
    add(attempt, resolution, Optional.empty());
    Thread.startVirtualThread(
        () -> {
          if (becomeWriter()) {
            write();
          }
        });
  }

  /// Adds an outcome. The caller must then call [#becomeWriter], and [#write] if that returns true.
  ///
  /// @param response what the receiver answered, if one was asked
  void add(RunningAttempt attempt, Resolution resolution, Optional<Response> response) {
    reports.add(new Report(attempt, resolution, attempt.age(clock), clock.instant(), response));
  }

  /// Ended attempts whose outcome the storage has not recorded.
  List<RunningAttempt> unrecorded() {
    var unrecorded = new ArrayList<RunningAttempt>();
    writing.forEach(report -> unrecorded.add(report.attempt()));
    reports.forEach(report -> unrecorded.add(report.attempt()));
    return unrecorded;
  }

  /// Stops retrying while the storage does not answer; outcomes that are not written by then are
  /// found by their expired lease.
  void giveUp() {
    gaveUp = true;
  }

  /// Whether there are outcomes and the caller is the thread that has to write them: then it must
  /// call [#write]. If not, the thread that writes finds the outcomes that were added before.
  boolean becomeWriter() {
    return !reports.isEmpty() && isWriting.compareAndSet(false, true);
  }

  /// Writes until there are no outcomes. Called by the writer only.
  void write() {
    do {
      try {
        writeAll();
      } finally {
        isWriting.set(false);
      }
      // For a report that came in between the last poll and the reset of the flag.
    } while (becomeWriter());
  }

  private void writeAll() {
    for (List<Report> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
      writing = batch;
      try {
        record(batch);
      } finally {
        writing = List.of();
        release(batch);
      }
    }
  }

  /// An outcome that the storage cannot take must not affect the others: then each is written
  /// alone.
  private void record(List<Report> batch) {
    try {
      announce(batch, settle(batch));
    } catch (RuntimeException e) {
      if (batch.size() > 1 && !(e instanceof PortException)) {
        batch.forEach(report -> record(List.of(report)));
        return;
      }
      failures.unexpected(
          "outcomes of " + batch.size() + " attempts were not recorded; their leases will expire",
          e);
    }
  }

  private List<Report> nextBatch() {
    var batch = new ArrayList<Report>();
    for (Report report = reports.poll(); report != null; report = reports.poll()) {
      batch.add(report);
      if (batch.size() == MAX_BATCH) {
        break;
      }
    }
    return batch;
  }

  private List<SettlementResult> settle(List<Report> batch) {
    List<Settlement> settlements = settlementsOf(batch);
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return queue.settle(settlements);
      } catch (PortException e) {
        if (gaveUp) {
          throw e;
        }
        failures.expected("cannot record outcomes, retrying", e);
        LockSupport.parkNanos(pause.toNanos());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    }
  }

  private static List<Settlement> settlementsOf(List<Report> batch) {
    var settlements = new ArrayList<Settlement>(batch.size());
    for (Report report : batch) {
      RunningAttempt attempt = report.attempt();
      settlements.add(
          new Settlement(
              attempt.claim(),
              report.resolution(),
              attempt.subscriptionVersion(),
              report.response()));
    }
    return settlements;
  }

  private void announce(List<Report> batch, List<SettlementResult> results) {
    for (int index = 0; index < batch.size(); index++) {
      Report report = batch.get(index);
      switch (results.get(index)) {
        case SETTLED -> listener.onTransition(settled(report));
        case LEASE_LOST -> onLeaseLost(report.attempt().claim());
      }
    }
  }

  private static Transition settled(Report report) {
    Claim claim = report.attempt().claim();
    Duration sinceDue = Duration.between(claim.event().deliverAt(), report.endedAt());
    return new Transition.Settled(
        claim.event(),
        claim.subscription(),
        claim.attempts(),
        claim.lease().worker(),
        report.resolution(),
        report.endedAt(),
        report.took(),
        sinceDue.isNegative() ? Duration.ZERO : sinceDue,
        report.response());
  }

  private void onLeaseLost(Claim claim) {
    LOG.log(Level.WARNING, "late outcome refused: " + describe(claim));
    listener.onTransition(
        new Transition.LeaseLost(claim.event().type(), claim.delivery(), claim.attempt()));
  }

  private void release(List<Report> batch) {
    int free = 0;
    for (Report report : batch) {
      if (report.attempt().releaseSettlement()) {
        free++;
      }
    }
    slots.release(free);
  }

  /// How the log names an attempt.
  static String describe(Claim claim) {
    return "event "
        + claim.event().id()
        + ", subscription "
        + claim.subscription()
        + ", attempt "
        + claim.attempt();
  }
}
