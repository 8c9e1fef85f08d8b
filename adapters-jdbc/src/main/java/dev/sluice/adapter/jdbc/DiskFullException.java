package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.PortException;

/// Thrown when the disk is full; nothing was changed.
public final class DiskFullException extends PortException {

  private static final String TEXT =
      "the disk is full: nothing was stored; free some space, no restart is needed";

  public DiskFullException(Exception cause) {
    super(TEXT, cause);
  }

  /// The remaining space is reserved for work other than new events.
  public DiskFullException() {
    super(TEXT);
  }
}
