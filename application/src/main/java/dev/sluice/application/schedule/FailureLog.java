package dev.sluice.application.schedule;

import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Logs failures of an action that runs many times a second: the first one at once, then one line a
/// minute with the number of failures left out, so that an outage cannot fill the disk with log
/// lines.
public final class FailureLog {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Logger log;
  private final NextRun nextLine;

  /// Guarded by this object's monitor, as is the next field.
  private @Nullable Class<?> lastLogged;

  private long omitted;

  /// @param log where lines go
  public FailureLog(Logger log, TimeSource time) {
    this.log = log;
    this.nextLine = new NextRun(time);
  }

  /// Logs a failure whose message is enough, such as a storage that does not answer.
  public void expected(String what, Throwable failure) {
    report(
        Level.WARNING,
        what + ": " + messageOf(failure, failure.getClass().getSimpleName()),
        failure,
        false);
  }

  /// Logs a failure with its stack trace.
  public void unexpected(String what, Throwable failure) {
    report(Level.ERROR, what, failure, true);
  }

  private synchronized void report(
      Level level, String line, Throwable failure, boolean isTraceWanted) {
    if (failure.getClass() == lastLogged && !nextLine.isDue()) {
      omitted++;
      return;
    }
    String more = omitted == 0 ? "" : " (" + omitted + " more failures were not logged)";
    omitted = 0;
    lastLogged = failure.getClass();
    nextLine.in(INTERVAL);
    if (isTraceWanted) {
      log.log(level, line + more, failure);
    } else {
      log.log(level, line + more);
    }
  }

  /// The failure's message. Reading it may fail too: exceptions are foreign code.
  ///
  /// @param otherwise the result when there is no message
  public static String messageOf(Throwable failure, String otherwise) {
    try {
      String message = failure.getMessage();
      return message == null ? otherwise : message;
    } catch (Throwable e) {
      return otherwise;
    }
  }
}
