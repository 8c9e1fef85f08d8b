package dev.sluice.application.activity;

import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityLog;
import java.util.List;

/// Distinguishes announcements whose result is recorded from those whose outcome is unknown.
///
/// The closing entry is the first one after the announcement with the same request id and actor. It
/// follows within the time of one request, so only the next [#MOST_BETWEEN] entries are read; an
/// announcement whose closing entry lies further on is shown, which is at worst a redundant line.
final class ClosedAnnouncements {

  /// More changes than are made during one request.
  private static final int MOST_BETWEEN = 200;

  private final ActivityLog log;

  ClosedAnnouncements(ActivityLog log) {
    this.log = log;
  }

  boolean contains(ActivityEntry entry) {
    if (!isAnnouncement(entry)) {
      return false;
    }
    int looked = 0;
    long from = entry.number() + 1;
    // Nearly always the next entry closes it, so a few are read before many.
    for (int limit = 4; looked < MOST_BETWEEN; limit = MOST_BETWEEN) {
      List<ActivityEntry> next = log.from(from, limit);
      for (ActivityEntry later : next) {
        if (isOfSameRequest(entry, later)) {
          return !isAnnouncement(later);
        }
      }
      if (next.size() < limit) {
        return false;
      }
      looked += next.size();
      from += next.size();
    }
    return false;
  }

  private static boolean isAnnouncement(ActivityEntry entry) {
    return entry.operation().result().equals(Activity.BEGUN);
  }

  private static boolean isOfSameRequest(ActivityEntry announcement, ActivityEntry later) {
    return later.operation().requestId().equals(announcement.operation().requestId())
        && later.actor().equals(announcement.actor());
  }
}
