package dev.sluice.domain.port;

import java.util.Locale;

/// What an acknowledged event survives.
public enum Durability {
  /// Nothing: it is gone when the process ends.
  MEMORY,
  /// The end of the process and of the machine's power: it was forced to disk.
  FSYNCED,
  /// What the database's commit survives.
  COMMITTED,
  /// What the broker's confirmation survives.
  CONFIRMED;

  /// The name in the API, in lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
