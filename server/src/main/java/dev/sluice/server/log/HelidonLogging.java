package dev.sluice.server.log;

import io.helidon.logging.common.spi.LoggingProvider;

/// Tells Helidon that logging is set up already; otherwise it says on standard error that it found
/// none.
public final class HelidonLogging implements LoggingProvider {

  @Override
  public void initialization() {
    // Logging.configure has done it.
  }

  @Override
  public void runTime() {
    // Nothing changes between build time and run time.
  }
}
