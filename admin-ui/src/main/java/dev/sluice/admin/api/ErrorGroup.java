package dev.sluice.admin.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Dead letters that failed in the same way.
///
/// @param fingerprint value for the filter `error=`, which selects this group
/// @param pattern message without numbers, ids and quoted texts
/// @param message message of the newest dead letter in the group
public record ErrorGroup(
    String fingerprint,
    String subscription,
    @Nullable String handler,
    String outcome,
    String error,
    String pattern,
    String message,
    long count,
    Instant firstSeen,
    Instant lastSeen,
    String sampleEventId,
    Trend trend) {

  public ErrorGroup {
    Required.members(
        "errorgroup",
        fingerprint,
        subscription,
        error,
        pattern,
        message,
        firstSeen,
        lastSeen,
        sampleEventId,
        trend);
  }

  /// Dead letters of the last hour compared with the hour before.
  ///
  /// @param direction `rising`, `falling` or `steady`
  public record Trend(long lastHour, long hourBefore, String direction) {

    public Trend {
      Required.members("trend", direction);
    }
  }
}
