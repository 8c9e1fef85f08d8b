package dev.sluice.application;

import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;

/// Runs shutdown steps whose failure must not keep a node from stopping.
final class StorageOutage {

  private static final System.Logger LOG = System.getLogger(StorageOutage.class.getName());

  private StorageOutage() {}

  /// Runs a step of the shutdown; a failure is only logged.
  static void tolerate(Runnable task) {
    try {
      task.run();
    } catch (PortException e) {
      LOG.log(Level.WARNING, "the storage does not answer: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a shutdown step failed; continuing with the next one", e);
    }
  }
}
