package dev.sluice.application;

import dev.sluice.application.work.WorkSettings;
import dev.sluice.domain.subscription.RetryPolicy;
import java.time.Duration;

/// Settings of the use cases.
///
/// @param version the program's version
/// @param role what this node does
/// @param work how this node processes deliveries
/// @param retries for subscriptions without a retry policy of their own
/// @param maxBacklog maximum number of unfinished deliveries; events beyond it are refused
/// @param retention how long finished events and bulk jobs are kept
/// @param activityRetention how long the activity log is kept
public record ApplicationSettings(
    String version,
    NodeRole role,
    WorkSettings work,
    RetryPolicy retries,
    long maxBacklog,
    Duration retention,
    Duration activityRetention) {

  /// @throws IllegalArgumentException when a number is not positive
  public ApplicationSettings {
    if (maxBacklog < 1 || !retention.isPositive() || !activityRetention.isPositive()) {
      throw new IllegalArgumentException("max backlog and retentions must be positive");
    }
  }
}
