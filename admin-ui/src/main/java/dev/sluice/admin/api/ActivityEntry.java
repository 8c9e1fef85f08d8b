package dev.sluice.admin.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry of the activity log: one operator action.
///
/// @param result status of the response, and the problem code if there is one
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

  public ActivityEntry {
    Required.members("activityentry", at, actor, action, target, result);
  }
}
