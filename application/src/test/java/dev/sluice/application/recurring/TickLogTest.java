package dev.sluice.application.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.PlainCron;
import dev.sluice.application.intake.IngestResult.Reason;
import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.schedule.CatchUp;
import dev.sluice.domain.schedule.DueTicks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is said about ticks without an event.
final class TickLogTest {

  private final Recurring recurring = new Recurring();
  private final Lines lines = new Lines();
  private final TickLog log = new TickLog(lines, recurring.clock);

  /// Returns what is due of schedule `a` ten minutes after it was stored.
  private PendingTicks pending(CatchUp catchUp) {
    recurring.put("a", Recurring.every(60, catchUp));
    var known =
        new KnownSchedules(
            recurring.store,
            PlainCron.FORMAT,
            recurring.clock,
            new FailureLog(lines, recurring.clock));
    KnownSchedule one = known.cache(recurring.find("a"));
    return PendingTicks.of(one, recurring.clock.instant().plus(Duration.ofMinutes(10)), 100);
  }

  @Test
  void quietTicks_areNotLogged() {
    log.write();

    assertThat(lines.all).isEmpty();
  }

  @Test
  void skippedTicks_areLoggedOnceAMinuteWithTheirNumber() {
    PendingTicks pending = pending(CatchUp.NONE);
    log.skipped(pending);
    log.write();
    log.skipped(pending);
    log.skipped(pending);
    log.write();
    recurring.clock.advance(Duration.ofMinutes(1));
    log.write();
    log.write();

    assertThat(lines.all)
        .hasSize(2)
        .allMatch(line -> line.contains("schedule a, before 2026-01-02T03:14:00Z"))
        .satisfiesExactly(
            line -> assertThat(line).endsWith(": 1"), line -> assertThat(line).endsWith(": 2"));
  }

  @Test
  void ticksThatNobodyCatchesUpWith_areLoggedWithTheTime() {
    recurring.put("a", Recurring.every(3600, CatchUp.NONE));
    log.skipped(new PendingTicks(recurring.find("a"), nothingToEmit(), List.of()));
    log.write();

    assertThat(lines.all).singleElement().asString().contains("a, before 2026-01-02T04:03:05Z;");
  }

  private static DueTicks nothingToEmit() {
    return new DueTicks(List.of(), Instant.parse("2026-01-02T04:03:05Z"), true);
  }

  @Test
  void refusedEvents_areLoggedWithTheReason() {
    PendingTicks pending = pending(CatchUp.LAST);
    log.refused(pending, Reason.BACKLOG_FULL);
    log.write();
    log.refused(pending, Reason.BACKLOG_FULL);
    log.write();

    assertThat(lines.all).singleElement().asString().contains("schedule a (BACKLOG_FULL)");
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"DRAINING", "CONTENDED"})
  void refusalsOfNormalOperation_areNotLogged(Reason reason) {
    log.refused(pending(CatchUp.LAST), reason);
    log.write();

    assertThat(lines.all).isEmpty();
  }

  @Test
  void takenIds_areLogged() {
    log.taken(pending(CatchUp.LAST), Instant.parse("2026-01-02T03:05:00Z"));
    log.write();

    assertThat(lines.all).singleElement().asString().contains("a, tick 2026-01-02T03:05:00Z");
  }

  /// Keeps what is logged.
  private static final class Lines implements System.Logger {

    private final List<String> all = new ArrayList<>();

    @Override
    public String getName() {
      return "lines";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
      all.add(message);
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        String message,
        @Nullable Object @Nullable ... parameters) {
      all.add(message);
    }
  }
}
