package dev.sluice.adapter.webhook;

import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Decrypts each version of a receiver once.
final class KnownReceivers {

  private static final int MAX_RECEIVERS = 25_000;

  private final UrlCheck urls;
  private final SecretStorage secrets;
  private final Map<SubscriptionName, Receiver> known = new ConcurrentHashMap<>();

  KnownReceivers(UrlCheck urls, SecretStorage secrets) {
    this.urls = urls;
    this.secrets = secrets;
  }

  /// Returns the receiver of a destination.
  ///
  /// @throws RefusedUrlException when nothing may be sent to its URL
  /// @throws dev.sluice.adapter.webhook.secret.UndecryptableSecretException when this node cannot
  ///   decrypt its secrets
  Receiver of(SubscriptionName subscription, Webhook webhook) {
    Receiver last = known.get(subscription);
    if (last != null && last.webhook().equals(webhook)) {
      return last;
    }
    Receiver read = read(subscription, webhook);
    if (known.size() >= MAX_RECEIVERS) {
      known.clear();
    }
    known.put(subscription, read);
    return read;
  }

  /// Returns the receiver of a destination that is not stored, and does not keep it.
  ///
  /// @throws RefusedUrlException as [#of] does
  Receiver read(SubscriptionName subscription, Webhook webhook) {
    return Receiver.of(webhook, subscription, urls, secrets);
  }
}
