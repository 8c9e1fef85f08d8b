package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.DamagedEventException;

/// Thrown when a stored event differs from what was appended: the file is damaged.
public final class DamagedRowException extends DamagedEventException {

  public DamagedRowException(String id, long seq) {
    super(
        "event "
            + id
            + " (sequence "
            + seq
            + ") is damaged: it differs from what was stored; run `sluice storage check` and"
            + " restore a backup");
  }
}
