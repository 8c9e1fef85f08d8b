package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.secret.SecretCipher;
import dev.sluice.adapter.webhook.secret.UndecryptableSecretException;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Locale;
import java.util.Optional;

/// Encrypts the secrets of subscriptions and decrypts them. What a secret is for is authenticated
/// with it, so that none can be moved to another subscription, or to another place in one.
final class SecretStorage {

  /// What a secret is for.
  enum Use {
    SIGNING,
    CREDENTIALS,
    TLS;

    private String owner(SubscriptionName subscription) {
      return subscription.value() + "/" + name().toLowerCase(Locale.ROOT);
    }
  }

  private final Optional<SecretCipher> cipher;

  /// @param cipher empty when this node has no key
  SecretStorage(Optional<SecretCipher> cipher) {
    this.cipher = cipher;
  }

  /// @param pointer the member that holds the secret, for problems
  /// @throws RefusedDestinationException when this node has no key, or the secret is too long
  Secret.Encrypted encrypt(String secret, SubscriptionName subscription, Use use, String pointer) {
    SecretCipher with =
        cipher.orElseThrow(
            () ->
                new RefusedDestinationException(
                    pointer,
                    "cannot be stored without SECRETS_KEY: create a key with"
                        + " `openssl rand -base64 32`, set the same one on every node, and restart"
                        + " them"));
    if (secret.length() > SecretCipher.MAX_CHARACTERS) {
      throw new RefusedDestinationException(
          pointer, "must have at most " + SecretCipher.MAX_CHARACTERS + " characters");
    }
    return new Secret.Encrypted(with.encrypt(secret, use.owner(subscription)));
  }

  /// @throws UndecryptableSecretException when this node does not have its key
  String reveal(Secret secret, SubscriptionName subscription, Use use) {
    return switch (secret) {
      case Secret.Plain(String text) -> text;
      case Secret.Encrypted(String text) ->
          cipher
              .orElseThrow(UndecryptableSecretException::withoutKey)
              .decrypt(text, use.owner(subscription));
    };
  }

  /// Returns a stored secret, encrypted with the newest key: the same if it is already.
  ///
  /// @throws UndecryptableSecretException when this node does not have its key
  Secret withNewestKey(Secret stored, SubscriptionName subscription, Use use) {
    boolean isNewest =
        stored instanceof Secret.Encrypted(String text)
            && cipher.filter(with -> with.usesFirstKey(text)).isPresent();
    return isNewest ? stored : encrypt(reveal(stored, subscription, use), subscription, use, "");
  }

  /// Returns whether a stored secret is this one. A secret that cannot be decrypted is not.
  boolean isSame(Secret stored, String other, SubscriptionName subscription, Use use) {
    try {
      return reveal(stored, subscription, use).equals(other);
    } catch (UndecryptableSecretException e) {
      return false;
    }
  }
}
