package dev.sluice.server.log;

import io.helidon.logging.common.spi.LoggingProvider;

/// Stops Helidon from configuring logging; without a provider it prints to standard error that it
/// found none.
public final class HelidonLogging implements LoggingProvider {

  @Override
  public void initialization() {
    // Done by Logging.configure.
  }

  @Override
  public void runTime() {
    // Build time and run time do not differ.
  }
}
