package dev.sluice.adapter.http.route;

import dev.sluice.application.stream.ChangeLog;
import java.util.Optional;

/// Where a stream begins.
///
/// @param position after which change
/// @param isResumed whether it goes on where an earlier one ended
/// @param gap what lies between, when it should go on and cannot
record StreamStart(long position, boolean isResumed, Optional<Gap> gap) {

  /// Changes that will not be seen.
  ///
  /// @param skipped about how many; negative when nobody knows
  /// @param reason why, for programs
  record Gap(long skipped, String reason) {

    /// There were more than are sent to one client, or more than nodes tell each other.
    static final String TOO_MANY = "too_many_changes";

    /// The place is no longer in the log.
    static final String TOO_OLD = "too_old";

    /// The place is in the log of another process: the node was started anew, or it was another
    /// node.
    static final String OTHER_LOG = "other_log";

    static final long UNKNOWN = -1;
  }

  /// Finds the place that a client names.
  ///
  /// @param lastEventId the id of the last message that it got; nothing or an empty text for now
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

  /// The number in an id of this log; negative when it is no such id.
  private static long numberOf(ChangeLog log, String id) {
    String prefix = log.epoch() + "-";
    String number = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
    return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : -1;
  }
}
