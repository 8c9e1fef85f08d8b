package dev.sluice.adapter.webhook.secret;

/// A stored secret cannot be decrypted. The message has the reason, and no part of the secret.
final class UndecryptableSecretException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UndecryptableSecretException(String reason) {
    super("a stored secret cannot be decrypted: " + reason);
  }
}
