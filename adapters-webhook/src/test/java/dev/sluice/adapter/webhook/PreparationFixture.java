package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.adapter.webhook.SecretStorage.Use;
import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.guard.Network;
import dev.sluice.adapter.webhook.secret.SecretCipher;
import dev.sluice.adapter.webhook.signature.WebhookSecret;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.destination.DestinationPreparation.Prepared;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Credentials.Scheme;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A preparation of subscriptions named `mail` that knows three names, and what it returns.
final class PreparationFixture {

  static final SubscriptionName MAIL = new SubscriptionName("mail");
  static final String URL = "https://receiver.test/in";
  static final String OWN = WebhookSecret.generate(HandlerFixture.RANDOM).reveal();
  static final String HIDDEN = "hidden-token";

  final SettableClock clock = new SettableClock();
  final FixedNames names =
      new FixedNames()
          .with("receiver.test", "93.184.216.34")
          .with("other.test", "93.184.216.35")
          .with("inside.test", "10.0.0.1");
  final SecretStorage secrets =
      new SecretStorage(Optional.of(new SecretCipher("ab".repeat(32), HandlerFixture.RANDOM)));
  final WebhookPreparation preparation = preparation(secrets);

  WebhookPreparation preparation(SecretStorage storage) {
    var guard = new AddressGuard(List.of(Network.parse("192.168.0.0/16")));
    var rules = new UrlRules(false, AllowedPorts.STANDARD, Set.of(), guard);
    var check = new ReceiverCheck(rules, new DnsCache(names, Runnable::run, clock));
    return new WebhookPreparation(check, storage, _ -> {}, clock, HandlerFixture.RANDOM);
  }

  Prepared prepare(Webhook wanted, Webhook... before) {
    return preparation.prepare(MAIL, wanted, Optional.<Destination>empty().or(() -> first(before)));
  }

  static Optional<Destination> first(Webhook... before) {
    return before.length == 0 ? Optional.empty() : Optional.of(before[0]);
  }

  Webhook stored(Webhook wanted, Webhook... before) {
    return (Webhook) prepare(wanted, before).destination();
  }

  RefusedDestinationException refusal(Webhook wanted, Webhook... before) {
    return catchThrowableOfType(RefusedDestinationException.class, () -> prepare(wanted, before));
  }

  static Webhook withSecret(String secret) {
    return Webhook.to(URL)
        .with(
            List.of(new SigningSecret(new Secret.Plain(secret), Optional.empty())),
            Optional.empty());
  }

  static Webhook with(String url, Credentials credentials) {
    return Webhook.to(url).with(List.of(), Optional.of(credentials));
  }

  static Credentials plain(Scheme scheme, String name, String secret) {
    return new Credentials(scheme, name, Optional.of(new Secret.Plain(secret)));
  }

  static Credentials kept(Scheme scheme, String name) {
    return new Credentials(scheme, name, Optional.empty());
  }

  static Webhook withHeaders(Map<String, String> headers) {
    Webhook usual = Webhook.to(URL);
    return new Webhook(URL, usual.body(), headers, List.of(), Optional.empty(), Set.of());
  }

  String revealed(SigningSecret signing) {
    return secrets.reveal(signing.secret(), MAIL, Use.SIGNING);
  }
}
