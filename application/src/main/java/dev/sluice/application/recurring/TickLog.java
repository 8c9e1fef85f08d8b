package dev.sluice.application.recurring;

import dev.sluice.application.intake.IngestResult;
import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;

/// Logs ticks that got no event, or not yet: one line of each kind a minute at most, however many
/// schedules there are. Used by one thread.
final class TickLog {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Logger log;
  private final NextRun nextLines;
  private final Cases skipped = new Cases();
  private final Cases refused = new Cases();
  private final Cases taken = new Cases();

  /// @param log where lines go
  TickLog(Logger log, TimeSource clock) {
    this.log = log;
    this.nextLines = new NextRun(clock);
  }

  /// Missed ticks were skipped.
  void skipped(PendingTicks one) {
    Instant until = one.ticks().isEmpty() ? one.due().skippedUntil() : one.ticks().getFirst();
    skipped.add(one.name() + ", before " + until);
  }

  /// The event of a tick was refused; it is tried again. While a node shuts down, and while several
  /// nodes store the same event, that is no news.
  void refused(PendingTicks one, IngestResult.Reason reason) {
    if (reason != IngestResult.Reason.DRAINING && reason != IngestResult.Reason.CONTENDED) {
      refused.add(one.name() + " (" + reason + ")");
    }
  }

  /// An event with the id of a tick was there already, and its content is another one.
  void taken(PendingTicks one, Instant tick) {
    taken.add(one.name() + ", tick " + tick);
  }

  /// Writes a line of each kind, if there is something to say and the last lines are a minute old.
  void write() {
    if ((skipped.count == 0 && refused.count == 0 && taken.count == 0) || !nextLines.isDue()) {
      return;
    }
    nextLines.in(INTERVAL);
    write("missed ticks get no events", skipped);
    write("ticks wait because their events are refused", refused);
    write("ticks get no events because other events have their ids", taken);
  }

  private void write(String what, Cases cases) {
    if (cases.count > 0) {
      log.log(
          Level.WARNING,
          what + "; last seen: schedule " + cases.last + "; since the last line: " + cases.count);
      cases.count = 0;
    }
  }

  /// What is said in one line.
  private static final class Cases {

    private int count;
    private String last = "";

    void add(String latest) {
      count++;
      last = latest;
    }
  }
}
