package dev.sluice.admin.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why processing is paused.
///
/// @param until time at which processing resumes by itself; null for never
public record Pause(String reason, String by, Instant at, @Nullable Instant until) {

  public Pause {
    Required.members("pause", reason, by, at);
  }
}
