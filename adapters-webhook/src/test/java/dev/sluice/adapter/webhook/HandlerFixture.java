package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.guard.Network;
import dev.sluice.adapter.webhook.pace.ReceiverPaces;
import dev.sluice.adapter.webhook.secret.SecretCipher;
import dev.sluice.adapter.webhook.signature.WebhookSecret;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.domain.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A handler that may send to loopback, with `receiver.test` as a name of it.
final class HandlerFixture implements AutoCloseable {

  static final SubscriptionName MAIL = new SubscriptionName("mail");
  static final Duration OWN_DELAY = Duration.ofSeconds(10);
  static final RandomGenerator RANDOM = new SecureRandom();
  static final WebhookSecret KEY = WebhookSecret.generate(RANDOM);

  final SenderFixture sending = new SenderFixture();
  final SecretStorage secrets =
      new SecretStorage(Optional.of(new SecretCipher("ab".repeat(32), RANDOM)));
  final WebhookHandler handler;

  // The official library compares the timestamp with the clock of the machine.
  private final TimeSource time = TimeSource.of(InstantSource.system(), System::nanoTime);

  HandlerFixture() {
    var guard = new AddressGuard(List.of(Network.parse("127.0.0.0/8")));
    var rules = new UrlRules(true, AllowedPorts.parse("81-65535"), Set.of(), guard);
    this.handler =
        new WebhookHandler(
            new KnownReceivers(new UrlCheck(rules), secrets),
            new WebhookRequests(time, "sluice.test"),
            sending.sender(),
            new ReceiverPaces(time),
            Duration.ofDays(5),
            time);
  }

  static String url(RawReceiver receiver) {
    return "http://receiver.test:" + receiver.port() + "/in?a=b";
  }

  SigningSecret encrypted(WebhookSecret secret, Optional<Instant> until) {
    return new SigningSecret(
        secrets.encrypt(secret.reveal(), MAIL, SecretStorage.Use.SIGNING, "/secret"), until);
  }

  Credentials encrypted(Credentials.Scheme scheme, String name, String secret) {
    Secret stored = secrets.encrypt(secret, MAIL, SecretStorage.Use.CREDENTIALS, "/credentials");
    return new Credentials(scheme, name, Optional.of(stored));
  }

  Webhook to(String url) {
    return Webhook.to(url).with(List.of(encrypted(KEY, Optional.empty())), Optional.empty());
  }

  Webhook to(RawReceiver receiver) {
    return to(url(receiver));
  }

  static Webhook with(Webhook webhook, Webhook.Body body, Map<String, String> headers) {
    return new Webhook(
        webhook.url(), body, headers, webhook.secrets(), webhook.credentials(), Set.of());
  }

  static AttemptContext attempt(Webhook webhook, int number, Duration timeout) {
    return new AttemptContext(MAIL, webhook, number, number, Instant.MAX, timeout, OWN_DELAY);
  }

  Outcome handle(Webhook webhook) {
    return handle(webhook, SenderFixture.LONG);
  }

  Outcome handle(Webhook webhook, Duration timeout) {
    return handler.handle(Events.event("evt-1"), attempt(webhook, 1, timeout));
  }

  Outcome handle(Webhook webhook, Event event, int number) {
    return handler.handle(event, attempt(webhook, number, SenderFixture.LONG));
  }

  static Subscription subscription(Webhook webhook) {
    return new Subscription(
        MAIL,
        1,
        SubscriptionDefinition.of(List.of(TypePattern.ANY), webhook),
        Lifecycle.ACTIVE,
        Subscription.Origin.API,
        "ann",
        SettableClock.START);
  }

  int limit(Webhook webhook) {
    return handler.limitOf(subscription(webhook));
  }

  ReceiverView view(Webhook webhook) {
    return handler.viewOf(subscription(webhook));
  }

  @Override
  public void close() {
    sending.close();
  }
}
