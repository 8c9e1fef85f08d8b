package dev.sluice.application;

import dev.sluice.application.work.WorkSettings;
import java.time.Duration;

/// How the use cases behave.
///
/// @param version of the program
/// @param role what this node does
/// @param work how this node works deliveries off
/// @param maxBacklog most unfinished deliveries; events beyond are refused
/// @param retention how long finished events and bulk jobs are kept
/// @param activityRetention how long it is kept what operators did
public record ApplicationSettings(
    String version,
    NodeRole role,
    WorkSettings work,
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
