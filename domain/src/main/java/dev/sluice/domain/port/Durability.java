package dev.sluice.domain.port;

import java.util.Locale;

/// The failures that an acknowledged event survives.
public enum Durability {
  /// None: events are lost when the process ends.
  MEMORY,
  /// The end of the process and a power failure: the event was forced to disk.
  FSYNCED,
  /// Those that a commit of the database survives.
  COMMITTED,
  /// Those that a confirm of the broker survives.
  CONFIRMED;

  /// Returns the name in the API, in lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
