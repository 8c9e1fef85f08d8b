package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.PortException;

/// The disk has no room; nothing was changed.
public final class DiskFullException extends PortException {

  private static final String TEXT =
      "the disk is full: nothing was stored; make room and it goes on by itself";

  public DiskFullException(Exception cause) {
    super(TEXT, cause);
  }

  /// What is left is kept for other things than new events.
  public DiskFullException() {
    super(TEXT);
  }
}
