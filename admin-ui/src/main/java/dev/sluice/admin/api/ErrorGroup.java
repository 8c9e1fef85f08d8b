package dev.sluice.admin.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Dead letters that failed in the same way.
///
/// @param fingerprint chooses them with `error=`
/// @param pattern the message without numbers, ids and quoted texts
/// @param message the message of the newest of them
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

  /// Checks that all is there.
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

  /// The last hour against the one before.
  ///
  /// @param direction `rising`, `falling` or `steady`
  public record Trend(long lastHour, long hourBefore, String direction) {

    /// Checks that all is there.
    public Trend {
      Required.members("trend", direction);
    }
  }
}
