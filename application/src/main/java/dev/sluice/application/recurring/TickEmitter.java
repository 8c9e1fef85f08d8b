package dev.sluice.application.recurring;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.schedule.CronFormat;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Stores one event for each tick of each schedule, whichever nodes are up.
///
/// Each node has an emitter, and all of them emit all ticks. The event is stored first, and the
/// progress is moved afterwards: after a failure in between, the tick is emitted again, and the
/// event with its id is there already. Moving the progress is what keeps a tick from being emitted
/// again later, when retention has deleted its event. Called by one thread at a time.
public final class TickEmitter {

  /// Maximum number of ticks of one pass; the next pass handles the others. The health check
  /// reports a pass that takes too long as one that hangs.
  static final int MAX_TICKS = 256;

  /// Maximum number of ticks of one pass while the events of each schedule are stored separately.
  private static final int MAX_TICKS_ONE_BY_ONE = 16;

  private static final System.Logger LOG = System.getLogger(TickEmitter.class.getName());

  private final ScheduleStore store;
  private final IngestEvents intake;
  private final TimeSource clock;
  private final KnownSchedules known;
  private final FailureLog failures;
  private final TickLog log;
  private final TickFigures figures = new TickFigures();

  /// Whether each schedule is stored on its own, until none is due: storing them together failed,
  /// and one of them may be the reason, but must not hold up the others.
  private boolean isOneByOne;

  /// @param store the schedules
  /// @param cron reads their cron expressions
  /// @param intake stores the events
  public TickEmitter(ScheduleStore store, CronFormat cron, IngestEvents intake, TimeSource clock) {
    this.store = store;
    this.intake = intake;
    this.clock = clock;
    this.failures = new FailureLog(LOG, clock);
    this.known = new KnownSchedules(store, cron, clock, failures);
    this.log = new TickLog(LOG, clock);
  }

  public TickFigures figures() {
    return figures;
  }

  /// Emits what is due; the rest if there is much of it, at the next call.
  ///
  /// @throws StoreUnavailableException when the storage does not answer; call it again
  public void emitDue() {
    known.refreshWhenDue();
    figures.waits(known.earliest());
    List<PendingTicks> pending = pending();
    if (!pending.isEmpty()) {
      emit(pending);
      figures.waits(known.earliest());
    }
    log.write();
  }

  /// Returns what this pass does, the earliest ticks first.
  private List<PendingTicks> pending() {
    List<PendingTicks> pending = new ArrayList<>();
    int room = isOneByOne ? MAX_TICKS_ONE_BY_ONE : MAX_TICKS;
    for (KnownSchedule one : known.due(clock.instant())) {
      if (room <= 0) {
        break;
      }
      Optional<PendingTicks> found = pending(one.schedule().name(), room);
      found.ifPresent(pending::add);
      room -= found.map(PendingTicks::cost).orElse(0);
    }
    return pending;
  }

  /// Reads the schedule again: another node may have emitted the tick, or the schedule may have
  /// been changed.
  private Optional<PendingTicks> pending(ScheduleName name, int room) {
    try {
      return known
          .reread(name)
          .filter(one -> one.isDue(clock.instant()))
          .map(one -> PendingTicks.of(one, clock.instant(), room));
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      failed(name, e);
      return Optional.empty();
    }
  }

  private void emit(List<PendingTicks> pending) {
    if (!isOneByOne && isEmittedTogether(pending)) {
      return;
    }
    for (PendingTicks one : pending) {
      emitAlone(one);
    }
    isOneByOne = !known.due(clock.instant()).isEmpty();
  }

  private boolean isEmittedTogether(List<PendingTicks> pending) {
    try {
      emitTogether(pending);
      return true;
    } catch (StoreUnavailableException e) {
      isOneByOne = true;
      throw e;
    } catch (RuntimeException e) {
      // Emitting them one by one shows which one failed, and logs it.
      return false;
    }
  }

  private void emitAlone(PendingTicks one) {
    try {
      emitTogether(List.of(one));
    } catch (StoreUnavailableException e) {
      known.retryLater(one.name());
      throw e;
    } catch (RuntimeException e) {
      failed(one.name(), e);
    }
  }

  private void failed(ScheduleName name, RuntimeException failure) {
    known.retryLater(name);
    String what = "the ticks of schedule " + name + " wait";
    if (failure instanceof PortException) {
      failures.expected(what, failure);
    } else {
      failures.unexpected(what, failure);
    }
  }

  private void emitTogether(List<PendingTicks> pending) {
    List<EventDraft> drafts = pending.stream().flatMap(one -> one.drafts().stream()).toList();
    List<IngestResult> results = drafts.isEmpty() ? List.of() : intake.ingest(drafts);
    int from = 0;
    for (PendingTicks one : pending) {
      int to = from + one.ticks().size();
      handle(one, results.subList(from, to));
      from = to;
    }
  }

  /// Moves the progress past the ticks before the first one that was refused.
  private void handle(PendingTicks one, List<IngestResult> results) {
    ScheduleProgress before = one.schedule().progress();
    ScheduleProgress progress =
        one.ticks().isEmpty() ? before.skippingTo(one.due().skippedUntil()) : before;
    Optional<IngestResult.Reason> refused = Optional.empty();
    for (int at = 0; at < results.size() && refused.isEmpty(); at++) {
      if (results.get(at) instanceof IngestResult.Refused(var reason, var _)) {
        refused = Optional.of(reason);
      } else {
        Instant tick = one.ticks().get(at);
        count(results.get(at));
        if (!hasItsEvent(results.get(at))) {
          log.taken(one, tick);
        }
        progress = progress.afterTick(tick);
      }
    }
    if (!progress.equals(before)) {
      advance(one, progress);
    }
    refused.ifPresent(reason -> postpone(one, reason));
  }

  private void count(IngestResult result) {
    if (result instanceof IngestResult.Accepted) {
      figures.stored();
    }
  }

  private static boolean hasItsEvent(IngestResult result) {
    return result instanceof IngestResult.Accepted || result instanceof IngestResult.Duplicate;
  }

  /// Moves the progress, unless another node did.
  private void advance(PendingTicks one, ScheduleProgress to) {
    if (store.advance(one.schedule(), to)) {
      var _ = known.cache(one.schedule().with(to));
      if (one.due().areSomeSkipped()) {
        log.skipped(one);
        figures.skipped();
      }
    }
  }

  private void postpone(PendingTicks one, IngestResult.Reason reason) {
    known.retryLater(one.name());
    log.refused(one, reason);
  }
}
