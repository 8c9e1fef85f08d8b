package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.domain.port.PortException;

/// The database does not hold what the writer's books say it does: somebody else wrote to the file,
/// or it is damaged.
final class InconsistentStorageException extends PortException {

  InconsistentStorageException(String message) {
    super(message);
  }
}
