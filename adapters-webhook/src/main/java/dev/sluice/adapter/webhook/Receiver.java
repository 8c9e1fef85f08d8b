package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.SecretStorage.Use;
import dev.sluice.adapter.webhook.secret.UndecryptableSecretException;
import dev.sluice.adapter.webhook.signature.WebhookSecret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// A receiver with all that a request to it needs, decrypted. It has no text form, because of its
/// secrets.
final class Receiver {

  private final Webhook webhook;
  private final WebhookUrl url;
  private final List<Key> keys;
  private final Optional<Map.Entry<String, String>> credentials;
  private final Optional<SSLContext> tls;

  private Receiver(
      Webhook webhook,
      WebhookUrl url,
      List<Key> keys,
      Optional<Map.Entry<String, String>> credentials,
      Optional<SSLContext> tls) {
    this.webhook = webhook;
    this.url = url;
    this.keys = keys;
    this.credentials = credentials;
    this.tls = tls;
  }

  /// A decrypted secret.
  ///
  /// @param until when it ends, if it does
  private record Key(WebhookSecret secret, Optional<Instant> until) {}

  /// Reads and decrypts a destination.
  ///
  /// @throws RefusedUrlException when nothing may be sent to its URL
  /// @throws UndecryptableSecretException when this node cannot decrypt its secrets
  static Receiver of(
      Webhook webhook, SubscriptionName owner, UrlCheck urls, SecretStorage secrets) {
    List<Key> keys = webhook.secrets().stream().map(secret -> key(secret, owner, secrets)).toList();
    Optional<Map.Entry<String, String>> header =
        webhook
            .credentials()
            .flatMap(
                one ->
                    one.secret()
                        .map(secret -> secrets.reveal(secret, owner, Use.CREDENTIALS))
                        .map(text -> CredentialsPreparation.header(one, text)));
    return new Receiver(
        webhook,
        urls.check(webhook.url()),
        keys,
        header,
        webhook.tls().map(one -> TlsPreparation.context(one, secrets, owner)));
  }

  private static Key key(SigningSecret secret, SubscriptionName owner, SecretStorage secrets) {
    return new Key(
        WebhookSecret.parse(secrets.reveal(secret.secret(), owner, Use.SIGNING)), secret.until());
  }

  Webhook webhook() {
    return webhook;
  }

  WebhookUrl url() {
    return url;
  }

  /// Returns the receiver's host and port.
  String host() {
    return url.host() + ":" + url.port();
  }

  /// Returns the keys to sign with at a time, the current one first.
  List<WebhookSecret> keysAt(Instant now) {
    return keys.stream()
        .filter(key -> key.until().isEmpty() || now.isBefore(key.until().get()))
        .map(Key::secret)
        .toList();
  }

  /// Returns the TLS context for requests to it; empty for the usual one.
  Optional<SSLContext> tls() {
    return tls;
  }

  /// Returns the header with the credentials, if there are any.
  Optional<Map.Entry<String, String>> credentials() {
    return credentials;
  }
}
