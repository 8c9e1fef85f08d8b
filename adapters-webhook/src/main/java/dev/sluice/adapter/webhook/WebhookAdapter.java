package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.ReceiverCheck.Lookup;
import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.guard.Network;
import dev.sluice.adapter.webhook.guard.WebhookProxy;
import dev.sluice.adapter.webhook.pace.ReceiverPaces;
import dev.sluice.adapter.webhook.secret.SecretCipher;
import dev.sluice.adapter.webhook.secret.UndecryptableSecretException;
import dev.sluice.application.work.PacedHandler;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.ReceiverTls;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/// Sends webhooks, and prepares subscriptions to them.
public final class WebhookAdapter implements AutoCloseable {

  private final SecretStorage secrets;
  private final DestinationPreparation preparation;
  private final DestinationPreparation preparationAtStart;
  private final WebhookSender sender;
  private final PacedHandler handler;

  private WebhookAdapter(
      SecretStorage secrets,
      Function<Lookup, DestinationPreparation> preparation,
      boolean hasProxy,
      WebhookSender sender,
      PacedHandler handler) {
    this.secrets = secrets;
    this.preparation = preparation.apply(hasProxy ? Lookup.BY_PROXY : Lookup.REQUIRED);
    this.preparationAtStart = preparation.apply(hasProxy ? Lookup.BY_PROXY : Lookup.TRIED);
    this.sender = sender;
    this.handler = handler;
  }

  /// What the adapter needs from the process.
  ///
  /// @param random must be cryptographically strong and safe for concurrent use
  /// @param deadlines ends attempts and closes idle connections; should forget cancelled tasks at
  ///   once, and is not closed by the adapter
  /// @param lookups platform threads that resolve names; their number bounds how many lookups run
  ///   at once
  public record Resources(
      TimeSource time,
      RandomGenerator random,
      ScheduledExecutorService deadlines,
      Executor lookups) {}

  /// Opens the adapter. Nothing is connected before the first request.
  public static WebhookAdapter open(WebhookSettings settings, Resources resources) {
    TimeSource time = resources.time();
    var guard = new AddressGuard(settings.networks().stream().map(Network::parse).toList());
    UrlRules rules = rules(settings, guard);
    var names = new DnsCache(InetAddress::getAllByName, resources.lookups(), time);
    var secrets =
        new SecretStorage(
            settings.secretKeys().map(keys -> new SecretCipher(keys, resources.random())));
    var sender =
        new WebhookSender(
            SenderSettings.of(settings.userAgent(), tls())
                .through(settings.proxy().map(WebhookProxy::parse)),
            guard,
            names,
            time,
            resources.deadlines());
    var receivers = new KnownReceivers(new UrlCheck(rules), secrets);
    var handshake = new HandshakeCheck(sender, settings.origin());
    var handler =
        new WebhookHandler(
            receivers,
            new WebhookRequests(time, settings.origin()),
            sender,
            new ReceiverPaces(time),
            settings.pauseAfter(),
            time);
    Function<Lookup, DestinationPreparation> preparation =
        lookup ->
            new WebhookPreparation(
                new ReceiverCheck(rules, names, lookup),
                secrets,
                asked -> handshake.check(receivers.of(asked.owner(), asked.webhook())),
                time,
                resources.random());
    return new WebhookAdapter(secrets, preparation, settings.proxy().isPresent(), sender, handler);
  }

  private static UrlRules rules(WebhookSettings settings, AddressGuard guard) {
    return new UrlRules(
        settings.isHttpAllowed(),
        AllowedPorts.parse(settings.ports()),
        settings.ownAuthorities(),
        guard);
  }

  private static SSLContext tls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has a default TLS context", e);
    }
  }

  /// Returns what delivers events to receivers.
  public PacedHandler handler() {
    return handler;
  }

  /// Returns what checks and completes subscriptions to webhooks before they are stored.
  public DestinationPreparation preparation() {
    return preparation;
  }

  /// Returns what does the same at the start of a node, which must not depend on name servers: it
  /// also accepts names that have no address at the moment. Each connection checks the addresses
  /// again.
  public DestinationPreparation preparationAtStart() {
    return preparationAtStart;
  }

  /// Returns why stored secrets cannot be decrypted, with the subscription that was found first;
  /// empty when all can. A deleted subscription whose deliveries are being cancelled needs none.
  public Optional<String> problemWithSecrets(List<Subscription> subscriptions) {
    return subscriptions.stream()
        .filter(subscription -> subscription.lifecycle().allowsClaims())
        .flatMap(subscription -> problemWithSecrets(subscription).stream())
        .findFirst();
  }

  private Optional<String> problemWithSecrets(Subscription subscription) {
    if (!(subscription.definition().destination() instanceof Webhook webhook)) {
      return Optional.empty();
    }
    try {
      webhook
          .secrets()
          .forEach(
              one -> secrets.reveal(one.secret(), subscription.name(), SecretStorage.Use.SIGNING));
      webhook
          .credentials()
          .flatMap(one -> one.secret())
          .ifPresent(
              one -> secrets.reveal(one, subscription.name(), SecretStorage.Use.CREDENTIALS));
      webhook
          .tls()
          .flatMap(one -> one.key())
          .ifPresent(one -> secrets.reveal(one, subscription.name(), SecretStorage.Use.TLS));
      return Optional.empty();
    } catch (UndecryptableSecretException e) {
      return Optional.of("subscription " + subscription.name() + ": " + e.getMessage());
    }
  }

  /// Returns a stored destination with all its secrets encrypted with the newest key, so that older
  /// keys can be removed; empty when there is nothing to change.
  ///
  /// @throws dev.sluice.domain.port.PortException when this node does not have their keys
  public Optional<Destination> withNewestKey(SubscriptionName owner, Destination stored) {
    if (!(stored instanceof Webhook webhook)) {
      return Optional.empty();
    }
    List<SigningSecret> signing =
        webhook.secrets().stream()
            .map(
                one ->
                    new SigningSecret(
                        secrets.withNewestKey(one.secret(), owner, SecretStorage.Use.SIGNING),
                        one.until()))
            .toList();
    Optional<Credentials> credentials =
        webhook
            .credentials()
            .map(
                one ->
                    one.secret()
                        .map(
                            secret ->
                                one.with(
                                    secrets.withNewestKey(
                                        secret, owner, SecretStorage.Use.CREDENTIALS)))
                        .orElse(one));
    Optional<ReceiverTls> tls =
        webhook
            .tls()
            .map(
                one ->
                    one.with(
                        one.key()
                            .map(key -> secrets.withNewestKey(key, owner, SecretStorage.Use.TLS))));
    Destination renewed = webhook.with(signing, credentials).with(tls);
    return renewed.equals(stored) ? Optional.empty() : Optional.of(renewed);
  }

  /// Closes all connections at once.
  @Override
  public void close() {
    sender.close();
  }
}
