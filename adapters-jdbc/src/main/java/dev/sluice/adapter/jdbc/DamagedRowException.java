package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.DamagedEventException;

/// Thrown when an event is not what was stored: the file is damaged.
public final class DamagedRowException extends DamagedEventException {

  public DamagedRowException(String id, long seq) {
    super(
        "event "
            + id
            + " (sequence "
            + seq
            + ") is damaged: it is not what was stored; run `sluice storage check` and"
            + " restore a backup");
  }
}
