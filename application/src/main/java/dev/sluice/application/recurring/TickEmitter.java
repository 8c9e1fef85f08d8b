package dev.sluice.application.recurring;

import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.schedule.CronFormat;
import dev.sluice.domain.schedule.DueTicks;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores one event for each tick of each schedule, whichever nodes are up.
///
/// Every node does the same. The event is stored first, and the progress is moved afterwards: a
/// node that fails in between leaves a tick that is emitted again, and the event with its id is
/// there already. Moving the progress is what keeps a tick from being emitted again later, when
/// retention has deleted its event. Called by one thread at a time.
public final class TickEmitter {

  private static final System.Logger LOG = System.getLogger(TickEmitter.class.getName());

  private final ScheduleStore store;
  private final IngestEvents intake;
  private final TimeSource clock;
  private final KnownSchedules known;
  private final FailureLog failures;
  private final TickLog log;

  /// @param store the schedules
  /// @param cron reads their cron expressions
  /// @param intake stores the events
  public TickEmitter(ScheduleStore store, CronFormat cron, IngestEvents intake, TimeSource clock) {
    this.store = store;
    this.intake = intake;
    this.clock = clock;
    this.known = new KnownSchedules(store, cron, clock);
    this.failures = new FailureLog(LOG, clock);
    this.log = new TickLog(LOG, clock);
  }

  /// Emits what is due.
  ///
  /// @throws StoreUnavailableException when the storage does not answer; call it again
  public void emitDue() {
    known.refreshWhenDue();
    for (KnownSchedule one : known.due(clock.instant())) {
      try {
        emitDue(one);
      } catch (StoreUnavailableException e) {
        throw e;
      } catch (RuntimeException e) {
        // A scheduler's edge: the other schedules go on.
        known.retryLater(one.schedule().name());
        failures.unexpected("schedule " + one.schedule().name() + " failed", e);
      }
    }
    log.write();
  }

  /// What this node knows may be old: another node may have emitted the tick, or the schedule may
  /// have been changed.
  private void emitDue(KnownSchedule old) {
    Optional<KnownSchedule> current = known.reread(old.schedule().name());
    Instant now = clock.instant();
    if (current.filter(one -> one.isDue(now)).isPresent()) {
      emit(current.get(), now);
    }
  }

  private void emit(KnownSchedule one, Instant now) {
    Schedule schedule = one.schedule();
    ScheduleProgress progress = schedule.progress();
    DueTicks due =
        DueTicks.of(one.ticks(), schedule.definition().catchUp(), progress.handledUntil(), now);
    if (due.toEmit().isEmpty()) {
      if (advance(schedule, progress.skippingTo(due.skippedUntil())).isPresent()) {
        log.skipped(schedule);
      }
      return;
    }
    for (Instant tick : due.toEmit()) {
      if (!store(schedule, tick)) {
        return;
      }
      boolean skipsEarlier = due.areSomeSkipped() && tick.equals(due.toEmit().getFirst());
      Optional<Schedule> advanced = advance(schedule, schedule.progress().afterTick(tick));
      if (advanced.isEmpty()) {
        return;
      }
      schedule = advanced.get();
      if (skipsEarlier) {
        log.skipped(schedule);
      }
    }
  }

  /// Stores the event of a tick.
  ///
  /// @return whether it is stored, now or before; false while events are refused
  private boolean store(Schedule schedule, Instant tick) {
    IngestResult result = intake.ingest(List.of(TickEvent.of(schedule, tick))).getFirst();
    if (result instanceof IngestResult.Refused(var reason, var _)) {
      known.retryLater(schedule.name());
      log.refused(schedule, reason);
      return false;
    }
    return true;
  }

  /// Moves the progress, unless another node did.
  private Optional<Schedule> advance(Schedule schedule, ScheduleProgress to) {
    if (!store.advance(schedule, to)) {
      return Optional.empty();
    }
    Schedule advanced = schedule.with(to);
    var _ = known.put(advanced);
    return Optional.of(advanced);
  }
}
