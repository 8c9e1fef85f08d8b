package dev.sluice.application.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.intake.IngestResult.Reason;
import dev.sluice.domain.schedule.CatchUp;
import dev.sluice.domain.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is said about ticks without an event.
final class TickLogTest {

  private final Recurring recurring = new Recurring();
  private final Lines lines = new Lines();
  private final TickLog log = new TickLog(lines, recurring.clock);

  @BeforeEach
  void store() {
    recurring.put("a", Recurring.every(60, CatchUp.NONE));
  }

  private Schedule schedule() {
    return recurring.find("a");
  }

  @Test
  void quietTicks_areNotLogged() {
    log.write();

    assertThat(lines.all).isEmpty();
  }

  @Test
  void skippedTicks_areLoggedOnceAMinuteWithTheirNumber() {
    log.skipped(schedule());
    log.write();
    log.skipped(schedule());
    log.skipped(schedule());
    log.write();
    recurring.clock.advance(Duration.ofMinutes(1));
    log.write();
    log.write();

    assertThat(lines.all)
        .hasSize(2)
        .allMatch(line -> line.contains("schedule a up to 2026-01-02T03:04:05.678Z"))
        .satisfiesExactly(
            line -> assertThat(line).endsWith(": 1"), line -> assertThat(line).endsWith(": 2"));
  }

  @Test
  void refusedEvents_areLoggedWithTheReason() {
    log.refused(schedule(), Reason.BACKLOG_FULL);
    log.write();
    log.refused(schedule(), Reason.BACKLOG_FULL);
    log.write();

    assertThat(lines.all).hasSize(1).first().asString().contains("schedule a (BACKLOG_FULL)");
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
