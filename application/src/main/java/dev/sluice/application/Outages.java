package dev.sluice.application;

import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;

/// What a storage that does not answer must not bring down.
final class Outages {

  private static final System.Logger LOG = System.getLogger(Outages.class.getName());

  private Outages() {}

  /// Does a task that comes again; while the storage is away it only leaves a line in the log.
  static void tolerate(Runnable task) {
    try {
      task.run();
    } catch (PortException e) {
      LOG.log(Level.WARNING, "the storage does not answer: " + e.getMessage());
    }
  }
}
