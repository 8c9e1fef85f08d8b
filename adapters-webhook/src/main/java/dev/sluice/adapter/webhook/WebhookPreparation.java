package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.SecretStorage.Use;
import dev.sluice.adapter.webhook.signature.SignatureHeaders;
import dev.sluice.adapter.webhook.signature.WebhookSecret;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.destination.Rotation;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Checks the receivers of subscriptions before they are stored, and makes and encrypts their
/// secrets.
final class WebhookPreparation implements DestinationPreparation {

  /// How long a caller waits for the addresses of a receiver.
  private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(5);

  private static final String SECRET = "/secret";

  private final ReceiverCheck receivers;
  private final SecretStorage secrets;
  private final Consumer<Asked> handshake;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// A receiver that is asked for its permission.
  record Asked(SubscriptionName owner, Webhook webhook) {}

  /// @param handshake asks receivers, and throws when the permission is not given
  /// @param random must be cryptographically strong
  WebhookPreparation(
      ReceiverCheck receivers,
      SecretStorage secrets,
      Consumer<Asked> handshake,
      InstantSource clock,
      RandomGenerator random) {
    this.receivers = receivers;
    this.secrets = secrets;
    this.handshake = handshake;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Prepared prepare(
      SubscriptionName owner, Destination wanted, Optional<Destination> before) {
    if (!(wanted instanceof Webhook webhook)) {
      return new Prepared(wanted, Optional.empty());
    }
    Optional<Webhook> stored = before.filter(Webhook.class::isInstance).map(Webhook.class::cast);
    checkUrl(webhook, stored);
    HeaderRules.problemWith(webhook.headers())
        .ifPresent(
            problem -> {
              throw new RefusedDestinationException(
                  "/headers/" + problem.getKey().replace("~", "~0").replace("/", "~1"),
                  problem.getValue());
            });
    var credentials = new CredentialsPreparation(secrets, owner).prepare(webhook, stored);
    Webhook checked = webhook.with(new TlsPreparation(secrets, owner).prepare(webhook, stored));
    List<SigningSecret> kept = signing(owner, webhook, stored);
    Prepared prepared =
        kept.isEmpty()
            ? withNewSecret(owner, checked, credentials)
            : new Prepared(checked.with(kept, credentials), Optional.empty());
    askWhenNew(owner, prepared.destination(), stored);
    return prepared;
  }

  private Prepared withNewSecret(
      SubscriptionName owner, Webhook webhook, Optional<Credentials> credentials) {
    var created = new Secret.Plain(WebhookSecret.generate(random).reveal());
    var signing = new SigningSecret(encrypted(owner, created), Optional.empty());
    return new Prepared(webhook.with(List.of(signing), credentials), Optional.of(created));
  }

  /// A receiver that was asked and stored is not asked again.
  private void askWhenNew(SubscriptionName owner, Destination prepared, Optional<Webhook> stored) {
    if (prepared instanceof Webhook webhook
        && stored
            .filter(one -> one.url().equals(webhook.url()))
            .filter(one -> one.handshake() == webhook.handshake())
            .isEmpty()) {
      handshake.accept(new Asked(owner, webhook));
    }
  }

  /// A receiver that was checked and stored is not looked up again.
  private void checkUrl(Webhook wanted, Optional<Webhook> stored) {
    if (stored.filter(one -> one.url().equals(wanted.url())).isPresent()) {
      return;
    }
    try {
      var _ = receivers.check(wanted.url(), LOOKUP_LIMIT);
    } catch (RefusedUrlException e) {
      throw new RefusedDestinationException("/url", String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedDestinationException("/url", "could not be checked: try again");
    }
  }

  /// Returns the signing secrets to store; none when one must be made. A given secret that a
  /// rotation replaced ends when its grace period does: a file that still has it does not undo the
  /// rotation before.
  private List<SigningSecret> signing(
      SubscriptionName owner, Webhook wanted, Optional<Webhook> stored) {
    List<SigningSecret> before = stored.map(Webhook::secrets).orElse(List.of());
    if (wanted.secrets().isEmpty()) {
      return before;
    }
    if (!(wanted.secrets().getFirst().secret() instanceof Secret.Plain given)) {
      return wanted.secrets();
    }
    String normal = parsed(given).reveal();
    Instant now = clock.instant();
    boolean isStored =
        before.stream()
            .filter(one -> one.isValidAt(now))
            .anyMatch(one -> secrets.isSame(one.secret(), normal, owner, Use.SIGNING));
    return isStored
        ? before
        : List.of(new SigningSecret(encrypted(owner, new Secret.Plain(normal)), Optional.empty()));
  }

  private static WebhookSecret parsed(Secret.Plain given) {
    try {
      return WebhookSecret.parse(given.reveal());
    } catch (IllegalArgumentException e) {
      throw new RefusedDestinationException(SECRET, String.valueOf(e.getMessage()));
    }
  }

  private Secret.Encrypted encrypted(SubscriptionName owner, Secret.Plain secret) {
    return secrets.encrypt(secret.reveal(), owner, Use.SIGNING, SECRET);
  }

  @Override
  public Prepared rotate(SubscriptionName owner, Destination stored, Rotation change) {
    if (!(stored instanceof Webhook webhook)) {
      throw new RefusedDestinationException(
          "/kind", "must be webhook: " + stored.kind() + " has no secret");
    }
    Optional<Secret.Plain> given =
        change.secret().map(secret -> new Secret.Plain(parsed(secret).reveal()));
    Secret.Plain next =
        given.orElseGet(() -> new Secret.Plain(WebhookSecret.generate(random).reveal()));
    var rotated = new ArrayList<SigningSecret>();
    rotated.add(new SigningSecret(encrypted(owner, next), Optional.empty()));
    rotated.addAll(overlapping(webhook.secrets(), change.grace()));
    return new Prepared(
        webhook.with(rotated, webhook.credentials()),
        given.isPresent() ? Optional.empty() : Optional.of(next));
  }

  /// Returns the present secrets that stay valid for a while, the newest first.
  private List<SigningSecret> overlapping(List<SigningSecret> present, Duration grace) {
    Instant now = clock.instant();
    Instant end = now.plus(grace).truncatedTo(ChronoUnit.MILLIS);
    return present.stream()
        .map(
            one ->
                new SigningSecret(
                    one.secret(), Optional.of(one.until().filter(end::isAfter).orElse(end))))
        .filter(one -> one.isValidAt(now))
        .limit(SignatureHeaders.MAX_SECRETS - 1L)
        .toList();
  }
}
