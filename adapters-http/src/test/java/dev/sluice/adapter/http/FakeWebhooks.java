package dev.sluice.adapter.http;

import dev.sluice.application.Dependencies;
import dev.sluice.application.sample.PreviewingHandler;
import dev.sluice.application.work.PacedHandler;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.destination.Rotation;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Prepares webhooks without a network and without encryption, and delivers every event. Each
/// secret that it makes contains `hidden`; what it stores does not.
final class FakeWebhooks implements DestinationPreparation, PacedHandler, PreviewingHandler {

  private final AtomicInteger made = new AtomicInteger();

  /// Returns what a server with webhooks depends on.
  Dependencies in(Dependencies usual) {
    Map<String, EventHandler> handlers = new HashMap<>(usual.handlers());
    handlers.put(Webhook.KIND, this);
    return new Dependencies(
        usual.ports(),
        usual.queues(),
        usual.builtIn(),
        handlers,
        this,
        usual.digests(),
        usual.filters(),
        usual.cron(),
        usual.listeners(),
        usual.clock(),
        usual.random(),
        usual.ids(),
        usual.keys());
  }

  private Secret.Encrypted encrypted() {
    return new Secret.Encrypted("v1:stored-" + made.incrementAndGet());
  }

  private SigningSecret current() {
    return new SigningSecret(encrypted(), Optional.empty());
  }

  private Optional<Secret.Plain> created() {
    return Optional.of(new Secret.Plain("whsec_hidden" + made.incrementAndGet()));
  }

  @Override
  public Prepared prepare(
      SubscriptionName owner, Destination wanted, Optional<Destination> before) {
    if (!(wanted instanceof Webhook webhook)) {
      return new Prepared(wanted, Optional.empty());
    }
    if (webhook.url().contains("refused")) {
      throw new RefusedDestinationException("/url", "must not be reached");
    }
    Optional<Webhook> stored = before.filter(Webhook.class::isInstance).map(Webhook.class::cast);
    Optional<Credentials> credentials =
        webhook
            .credentials()
            .map(
                one ->
                    one.secret().isPresent()
                        ? one.with(encrypted())
                        : stored.flatMap(Webhook::credentials).orElseThrow());
    List<SigningSecret> kept = stored.map(Webhook::secrets).orElse(List.of());
    if (!webhook.secrets().isEmpty() || !kept.isEmpty()) {
      List<SigningSecret> secrets = webhook.secrets().isEmpty() ? kept : List.of(current());
      return new Prepared(webhook.with(secrets, credentials), Optional.empty());
    }
    return new Prepared(webhook.with(List.of(current()), credentials), created());
  }

  @Override
  public Prepared rotate(SubscriptionName owner, Destination stored, Rotation change) {
    if (!(stored instanceof Webhook webhook)) {
      throw new RefusedDestinationException(
          "/kind", "must be webhook: " + stored.kind() + " has no secret");
    }
    if (change.secret().filter(one -> !one.reveal().startsWith("whsec_")).isPresent()) {
      throw new RefusedDestinationException("/secret", "begins with whsec_");
    }
    Secret old = webhook.secrets().getFirst().secret();
    var until = Optional.of(SettableClock.START.plus(change.grace()));
    return new Prepared(
        webhook.with(List.of(current(), new SigningSecret(old, until)), webhook.credentials()),
        change.secret().isPresent() ? Optional.empty() : created());
  }

  @Override
  public Outcome sample(Event event, AttemptContext attempt) {
    return handle(event, attempt);
  }

  @Override
  public Outcome handle(Event event, AttemptContext attempt) {
    return Outcome.SUCCEEDED;
  }

  @Override
  public Preview preview(Event event, AttemptContext attempt) {
    return new Preview("Sends the event.", Optional.of(event.payload().json()));
  }

  @Override
  public int limitOf(Subscription subscription) {
    return 4;
  }

  @Override
  public ReceiverView viewOf(Subscription subscription) {
    return new ReceiverView(
        ReceiverView.State.PAUSED,
        Optional.of(SettableClock.START),
        "The receiver asked for a pause with Retry-After.",
        4,
        1,
        Map.of("2xx", 7),
        Optional.of(
            new ReceiverView.Latency(Duration.ofNanos(12_345_678), Duration.ofMillis(250))));
  }

  @Override
  public int slots() {
    return 8;
  }

  @Override
  public Duration pauseAfter() {
    return Duration.ZERO;
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(15);
  }
}
