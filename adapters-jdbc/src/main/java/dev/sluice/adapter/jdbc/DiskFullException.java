package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.PortException;

/// The disk has no room; nothing was changed.
final class DiskFullException extends PortException {

  DiskFullException(Exception cause) {
    super("the disk is full: nothing was stored; make room and it goes on by itself", cause);
  }
}
