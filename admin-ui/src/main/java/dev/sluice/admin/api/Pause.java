package dev.sluice.admin.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why something does not run.
///
/// @param until when it goes on by itself; null for never
public record Pause(String reason, String by, Instant at, @Nullable Instant until) {

  /// Checks that all is there.
  public Pause {
    Required.members("pause", reason, by, at);
  }
}
