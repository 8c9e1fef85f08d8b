package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.domain.port.PortException;

/// Thrown when the database differs from the writer cache: another program wrote to the file, or it
/// is damaged.
final class InconsistentStorageException extends PortException {

  InconsistentStorageException(String message) {
    super(message);
  }
}
