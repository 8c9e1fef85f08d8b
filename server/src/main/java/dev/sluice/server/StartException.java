package dev.sluice.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/// Thrown when the service cannot start; the message says why and what to do.
final class StartException extends RuntimeException {

  private StartException(String message) {
    super(message);
  }

  /// Callers need a key, and none exists.
  ///
  /// @param storage name of the storage
  static StartException withoutKey(String storage) {
    String first =
        storage.equals("memory")
            ? "Set ADMIN_KEY to a key created with ./sluice keys add --storage memory --owner me"
                + " --role admin"
            : "Create one with ./sluice keys add --owner me --role admin";
    return new StartException(
        "callers need a key on this address, and no key exists. "
            + first
            + ", or set AUTH=off to let everyone in");
  }

  /// The file that declares subscriptions cannot be applied.
  ///
  /// @param reason why, and what to do
  static StartException withoutSubscriptions(String reason) {
    return new StartException("cannot apply SUBSCRIPTIONS_FILE: " + reason);
  }

  /// Secrets that are stored cannot be decrypted.
  ///
  /// @param reason which, and why
  static StartException withWrongSecretsKey(String reason) {
    return new StartException(
        "SECRETS_KEY does not fit the stored secrets: "
            + reason
            + ". Set the key with which they were encrypted, behind the new one if there is one");
  }

  /// The file with the key for secrets cannot be used.
  ///
  /// @param reason why
  static StartException withoutSecretsKey(Path file, String reason) {
    return new StartException(
        "cannot use the key for secrets in "
            + file
            + ": "
            + reason
            + ". Fix that, or set SECRETS_KEY");
  }

  /// @param wanted the address to listen on
  StartException(InetSocketAddress wanted, IOException cause) {
    super(
        "cannot listen on "
            + wanted.getAddress().getHostAddress()
            + ":"
            + wanted.getPort()
            + ": "
            + cause.getMessage()
            + ". Free the port, or choose another with --endpoint or --port",
        cause);
  }
}
