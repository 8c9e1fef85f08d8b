package dev.sluice.adapter.webhook.secret;

import dev.sluice.domain.port.PortException;

/// A stored secret cannot be decrypted. The message has the reason, and no part of the secret.
public final class UndecryptableSecretException extends PortException {

  private static final long serialVersionUID = 1L;

  UndecryptableSecretException(String reason) {
    super("a stored secret cannot be decrypted: " + reason);
  }

  /// Returns the exception of a node that has no key at all.
  public static UndecryptableSecretException withoutKey() {
    return new UndecryptableSecretException("SECRETS_KEY is not set");
  }
}
