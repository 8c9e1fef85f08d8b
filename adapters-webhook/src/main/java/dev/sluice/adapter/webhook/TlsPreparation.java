package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.SecretStorage.Use;
import dev.sluice.adapter.webhook.tls.ReceiverContext;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.ReceiverTls;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Checks what is particular about TLS to a receiver, and encrypts its key.
record TlsPreparation(SecretStorage secrets, SubscriptionName owner) {

  private static final String KEY = "/tls/key";

  /// Returns what to store.
  ///
  /// @throws RefusedDestinationException when it cannot be used or stored, or the key is missing
  Optional<ReceiverTls> prepare(Webhook wanted, Optional<Webhook> stored) {
    return wanted.tls().map(tls -> prepare(tls, wanted, stored.flatMap(Webhook::tls)));
  }

  private ReceiverTls prepare(ReceiverTls wanted, Webhook webhook, Optional<ReceiverTls> before) {
    if (!webhook.url().startsWith("https://")) {
      throw new RefusedDestinationException("/tls", "needs a URL that begins with https://");
    }
    ReceiverTls complete = withKey(wanted, before);
    try {
      var _ = context(complete, secrets, owner);
    } catch (IllegalArgumentException e) {
      throw new RefusedDestinationException("/tls", String.valueOf(e.getMessage()));
    }
    return complete.with(complete.key().map(key -> encrypted(key, before)));
  }

  private static ReceiverTls withKey(ReceiverTls wanted, Optional<ReceiverTls> before) {
    if (wanted.certificate().isEmpty() || wanted.key().isPresent()) {
      return wanted;
    }
    Optional<Secret> kept =
        before
            .filter(one -> one.certificate().equals(wanted.certificate()))
            .flatMap(ReceiverTls::key);
    if (kept.isEmpty()) {
      throw new RefusedDestinationException(KEY, "is required by certificate");
    }
    return wanted.with(kept);
  }

  private Secret encrypted(Secret key, Optional<ReceiverTls> before) {
    return switch (key) {
      case Secret.Encrypted stored -> stored;
      case Secret.Plain(String given) ->
          before
              .flatMap(ReceiverTls::key)
              .filter(stored -> secrets.isSame(stored, given, owner, Use.TLS))
              .orElseGet(() -> secrets.encrypt(given, owner, Use.TLS, KEY));
    };
  }

  /// Returns the context for requests to a receiver.
  ///
  /// @throws IllegalArgumentException when a certificate or the key is malformed
  static SSLContext context(ReceiverTls tls, SecretStorage secrets, SubscriptionName owner) {
    Optional<ReceiverContext.Identity> identity =
        tls.certificate()
            .flatMap(
                certificate ->
                    tls.key()
                        .map(key -> secrets.reveal(key, owner, Use.TLS))
                        .map(key -> new ReceiverContext.Identity(certificate, key)));
    return ReceiverContext.of(tls.authorities(), identity);
  }
}
