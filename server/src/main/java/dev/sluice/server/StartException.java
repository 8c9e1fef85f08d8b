package dev.sluice.server;

import java.io.IOException;
import java.net.InetSocketAddress;

/// The service cannot start; the message says why and what to do.
final class StartException extends RuntimeException {

  private StartException(String message) {
    super(message);
  }

  /// Keys are needed, and there is none.
  ///
  /// @param storage the storage in use
  static StartException withoutKey(String storage) {
    String first =
        storage.equals("memory")
            ? "set ADMIN_KEY to the one that ./sluice keys add --storage memory --owner me --role"
                + " admin prints"
            : "make one with ./sluice keys add --owner me --role admin";
    return new StartException(
        "nobody could call: callers need a key here, and there is none. First "
            + first
            + "; or let everybody in with AUTH=off");
  }

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
