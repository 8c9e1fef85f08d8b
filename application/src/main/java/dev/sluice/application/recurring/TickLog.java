package dev.sluice.application.recurring;

import dev.sluice.application.intake.IngestResult;
import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Logs ticks that got no event, or not yet: one line a minute at most, however many schedules
/// there are. Used by one thread.
final class TickLog {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Logger log;
  private final NextRun nextLine;
  private int skipping;
  private @Nullable String skipped;
  private @Nullable String refused;

  /// @param log where lines go
  TickLog(Logger log, TimeSource clock) {
    this.log = log;
    this.nextLine = new NextRun(clock);
  }

  /// A schedule skipped missed ticks.
  void skipped(Schedule schedule) {
    skipping++;
    skipped = schedule.name() + " up to " + schedule.progress().handledUntil();
  }

  /// The event of a tick was refused; it is tried again.
  void refused(Schedule schedule, IngestResult.Reason reason) {
    refused = schedule.name() + " (" + reason + ")";
  }

  /// Writes the line, if there is something to say and the last line is a minute old.
  void write() {
    if ((skipped == null && refused == null) || !nextLine.isDue()) {
      return;
    }
    nextLine.in(INTERVAL);
    if (skipped != null) {
      log.log(
          Level.WARNING,
          "missed ticks get no events, last those of schedule "
              + skipped
              + "; such cases since the last such line: "
              + skipping);
    }
    if (refused != null) {
      log.log(
          Level.WARNING, "ticks wait because events are refused, last one of schedule " + refused);
    }
    skipping = 0;
    skipped = null;
    refused = null;
  }
}
