package dev.sluice.admin.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an operator did.
///
/// @param result the status of the answer, and the code of a problem
public record ActivityEntry(
    long number,
    Instant at,
    String actor,
    @Nullable String keyId,
    @Nullable String role,
    @Nullable String address,
    String action,
    String target,
    @Nullable String detail,
    String result,
    @Nullable String requestId) {

  /// Checks that all is there.
  public ActivityEntry {
    Required.members("activityentry", at, actor, action, target, result);
  }
}
