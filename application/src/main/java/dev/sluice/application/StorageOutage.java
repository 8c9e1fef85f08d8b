package dev.sluice.application;

import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;

/// What must not keep a node from coming to its end.
final class StorageOutage {

  private static final System.Logger LOG = System.getLogger(StorageOutage.class.getName());

  private StorageOutage() {}

  /// Does a step of the shutdown; a failure only leaves a line in the log.
  static void tolerate(Runnable task) {
    try {
      task.run();
    } catch (PortException e) {
      LOG.log(Level.WARNING, "the storage does not answer: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a step of the shutdown failed; the next ones follow", e);
    }
  }
}
