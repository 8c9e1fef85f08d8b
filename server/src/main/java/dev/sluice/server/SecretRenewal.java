package dev.sluice.server;

import dev.sluice.adapter.webhook.WebhookAdapter;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Encrypts stored secrets with the newest key, so that older keys can be removed from
/// `SECRETS_KEY` once every node has started with the new one.
record SecretRenewal(WebhookAdapter webhooks, SubscriptionStore store, InstantSource clock) {

  private static final System.Logger LOG = System.getLogger(SecretRenewal.class.getName());

  /// Changes the subscriptions whose secrets need it. One that others change at the same moment is
  /// left to the next start.
  ///
  /// @return how many were changed
  int run() {
    int renewed = 0;
    for (Subscription subscription : store.all().subscriptions()) {
      Optional<SubscriptionChange> change =
          subscription.lifecycle().allowsClaims() ? change(subscription) : Optional.empty();
      if (change.isPresent()) {
        var _ = store.change(List.of(change.get()), "sluice", clock.instant());
        renewed++;
      }
    }
    if (renewed > 0) {
      LOG.log(
          Level.INFO,
          "encrypted the secrets of {0} subscriptions with the first key of SECRETS_KEY",
          renewed);
    }
    return renewed;
  }

  private Optional<SubscriptionChange> change(Subscription stored) {
    return webhooks
        .withNewestKey(stored.name(), stored.definition().destination())
        .map(
            destination ->
                new SubscriptionChange(
                    stored.name(),
                    new Expected.Version(stored.version()),
                    stored.definition().with(destination),
                    stored.lifecycle(),
                    stored.origin()));
  }
}
