package dev.sluice.server;

import java.io.IOException;
import java.net.InetSocketAddress;

/// The service cannot start; the message says why and what to do.
final class StartException extends RuntimeException {

  /// @param wanted where it was to listen
  StartException(InetSocketAddress wanted, IOException cause) {
    super(
        "cannot listen on "
            + wanted.getAddress().getHostAddress()
            + ":"
            + wanted.getPort()
            + ": "
            + cause.getMessage()
            + "; is another program there? Choose another with --port",
        cause);
  }
}
