package dev.sluice.adapter.http.route;

import dev.sluice.application.stream.ChangeLog;
import java.util.Optional;

/// The start of a stream.
///
/// @param position the change after which it starts
/// @param isResumed whether it continues an earlier stream
/// @param gap the missing changes, when it should continue an earlier stream and cannot
record StreamStart(long position, boolean isResumed, Optional<Gap> gap) {

  /// Changes that will not be sent.
  ///
  /// @param skipped the approximate number; negative when unknown
  /// @param reason the reason, for programs
  record Gap(long skipped, String reason) {

    /// There were more changes than are sent to one client, or than nodes share with each other.
    static final String TOO_MANY = "too_many_changes";

    /// The position is no longer in the log.
    static final String TOO_OLD = "too_old";

    /// The position belongs to another process's log: the node was restarted, or it was another
    /// node.
    static final String OTHER_LOG = "other_log";

    static final long UNKNOWN = -1;
  }

  /// Returns the start for the position that a client requests.
  ///
  /// @param lastEventId the id of the last message that it received; empty to start now
  static StreamStart of(ChangeLog log, Optional<String> lastEventId) {
    long end = log.end();
    String id = lastEventId.orElse("").strip();
    if (id.isEmpty()) {
      return new StreamStart(end, false, Optional.empty());
    }
    long number = numberOf(log, id);
    if (number < 0 || number > end) {
      return new StreamStart(end, false, Optional.of(new Gap(Gap.UNKNOWN, Gap.OTHER_LOG)));
    }
    if (end - number > ChangeLog.CAPACITY) {
      return new StreamStart(end, false, Optional.of(new Gap(end - number, Gap.TOO_OLD)));
    }
    return new StreamStart(number, true, Optional.empty());
  }

  /// Returns the number in an id of this log; negative when it is not one.
  private static long numberOf(ChangeLog log, String id) {
    String prefix = log.epoch() + "-";
    String number = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
    return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : -1;
  }
}
