package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.signature.SignatureHeaders;
import dev.sluice.adapter.webhook.signature.WebhookSecret;
import dev.sluice.domain.destination.DestinationPreparation.Prepared;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.destination.Rotation;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Credentials.Scheme;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Destination.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How subscriptions to webhooks become ready to be stored.
final class WebhookPreparationTest {

  private final PreparationFixture fixture = new PreparationFixture();

  @Test
  void missingSecret_isMadeAndShownOnce() {
    Prepared prepared = fixture.prepare(Webhook.to(PreparationFixture.URL));

    Webhook webhook = (Webhook) prepared.destination();
    String created = prepared.created().orElseThrow().reveal();
    assertThat(WebhookSecret.parse(created).reveal()).isEqualTo(created);
    assertThat(webhook.secrets()).hasSize(1).allMatch(one -> one.until().isEmpty());
    assertThat(fixture.revealed(webhook.secrets().getFirst())).isEqualTo(created);
    assertThat(prepared.toString()).doesNotContain(created);
    assertThat(fixture.prepare(Webhook.to(PreparationFixture.URL), webhook))
        .isEqualTo(new Prepared(webhook, Optional.empty()));
  }

  @Test
  void eachSubscription_getsASecretOfItsOwn() {
    assertThat(fixture.prepare(Webhook.to(PreparationFixture.URL)).created().orElseThrow().reveal())
        .isNotEqualTo(
            fixture.prepare(Webhook.to(PreparationFixture.URL)).created().orElseThrow().reveal());
  }

  @Test
  void ownSecret_isEncryptedAndNotShown() {
    Prepared prepared = fixture.prepare(PreparationFixture.withSecret(PreparationFixture.OWN));

    assertThat(prepared.created()).isEmpty();
    Webhook webhook = (Webhook) prepared.destination();
    assertThat(webhook.secrets())
        .singleElement()
        .extracting(fixture::revealed)
        .isEqualTo(PreparationFixture.OWN);
    assertThat(webhook.toString()).doesNotContain(PreparationFixture.OWN.substring(6));
  }

  @Test
  void sameSecret_changesNothing() {
    Webhook webhook = fixture.stored(PreparationFixture.withSecret(PreparationFixture.OWN));

    assertThat(fixture.stored(PreparationFixture.withSecret(PreparationFixture.OWN), webhook))
        .isEqualTo(webhook);
    assertThat(fixture.stored(webhook, webhook)).isEqualTo(webhook);
    assertThat(fixture.stored(Webhook.to(PreparationFixture.URL), webhook)).isEqualTo(webhook);
  }

  @Test
  void otherSecret_replacesAll() {
    Webhook before =
        rotated(fixture.stored(Webhook.to(PreparationFixture.URL)), Duration.ofHours(1));

    Webhook after = fixture.stored(PreparationFixture.withSecret(PreparationFixture.OWN), before);

    assertThat(after.secrets())
        .singleElement()
        .extracting(fixture::revealed)
        .isEqualTo(PreparationFixture.OWN);
  }

  @Test
  void secretIsKept_whenTheUrlChanges() {
    Webhook before = fixture.stored(Webhook.to(PreparationFixture.URL));

    assertThat(fixture.stored(Webhook.to("https://other.test/"), before).secrets())
        .isEqualTo(before.secrets());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        PreparationFixture.HIDDEN,
        "whsec_",
        "whsec_AAAA",
        "whsec_hidden-token=",
        "whsec_%%%%"
      })
  void malformedSecret_isRefusedAndNotRepeated(String secret) {
    RefusedDestinationException refusal = fixture.refusal(PreparationFixture.withSecret(secret));

    assertThat(refusal.pointer()).isEqualTo("/secret");
    assertThat(refusal.detail())
        .contains("24 to 64 bytes in base64")
        .doesNotContain("hidden", "AAAA", "%%");
    assertThat(refusal).hasNoCause();
  }

  private Webhook rotated(Webhook webhook, Duration grace) {
    var rotation = new Rotation(Optional.empty(), grace);
    return (Webhook)
        fixture.preparation.rotate(PreparationFixture.MAIL, webhook, rotation).destination();
  }

  @Test
  void rotation_keepsThePresentSecretForAWhile() {
    Webhook before = fixture.stored(PreparationFixture.withSecret(PreparationFixture.OWN));

    Prepared prepared =
        fixture.preparation.rotate(
            PreparationFixture.MAIL,
            before,
            new Rotation(Optional.empty(), Rotation.DEFAULT_GRACE));

    List<SigningSecret> after = ((Webhook) prepared.destination()).secrets();
    assertThat(after)
        .extracting(fixture::revealed)
        .containsExactly(prepared.created().orElseThrow().reveal(), PreparationFixture.OWN);
    assertThat(after)
        .extracting(SigningSecret::until)
        .containsExactly(
            Optional.empty(), Optional.of(fixture.clock.instant().plus(Rotation.DEFAULT_GRACE)));
  }

  @Test
  void rotationToAnOwnSecret_showsNone() {
    var rotation =
        new Rotation(Optional.of(new Secret.Plain(PreparationFixture.OWN)), Duration.ZERO);

    Prepared prepared =
        fixture.preparation.rotate(
            PreparationFixture.MAIL, fixture.stored(Webhook.to(PreparationFixture.URL)), rotation);

    assertThat(prepared.created()).isEmpty();
    assertThat(((Webhook) prepared.destination()).secrets())
        .as("without grace the old one ends at once")
        .singleElement()
        .extracting(fixture::revealed)
        .isEqualTo(PreparationFixture.OWN);
    assertThat(rotation.toString()).doesNotContain(PreparationFixture.OWN);
  }

  @Test
  void secretThatARotationReplaced_changesNothingWithinItsGracePeriod() {
    Webhook declared = PreparationFixture.withSecret(PreparationFixture.OWN);
    Webhook once = rotated(fixture.stored(declared), Duration.ofHours(1));
    Webhook twice = rotated(once, Duration.ofHours(1));

    assertThat(fixture.stored(declared, once)).isEqualTo(once);
    assertThat(fixture.stored(declared, twice)).isEqualTo(twice);

    fixture.clock.advance(Duration.ofHours(1));

    assertThat(fixture.stored(declared, twice).secrets())
        .singleElement()
        .extracting(fixture::revealed)
        .isEqualTo(PreparationFixture.OWN);
  }

  @Test
  void repeatedRotations_keepTheNewestUpToTheMaximum() {
    Webhook webhook = fixture.stored(Webhook.to(PreparationFixture.URL));
    for (int count = 0; count < 8; count++) {
      webhook = rotated(webhook, Duration.ofHours(1));
      fixture.clock.advance(Duration.ofMinutes(1));
    }

    List<Instant> ends =
        webhook.secrets().stream().skip(1).map(one -> one.until().orElseThrow()).toList();
    assertThat(webhook.secrets()).hasSize(SignatureHeaders.MAX_SECRETS);
    assertThat(ends).isSortedAccordingTo((one, other) -> other.compareTo(one));
  }

  @Test
  void laterRotation_neitherProlongsNorKeepsWhatHasEnded() {
    Webhook twice =
        rotated(
            rotated(
                fixture.stored(PreparationFixture.withSecret(PreparationFixture.OWN)),
                Duration.ofHours(1)),
            Duration.ofDays(7));
    Instant end = fixture.clock.instant().plus(Duration.ofHours(1));
    assertThat(twice.secrets().getLast().until()).contains(end);

    fixture.clock.advance(Duration.ofHours(1));

    assertThat(rotated(twice, Duration.ofDays(1)).secrets())
        .extracting(fixture::revealed)
        .hasSize(3)
        .doesNotContain(PreparationFixture.OWN);
  }

  @Test
  void rotationOfWhatHasNoSecret_isRefused() {
    var rotation = new Rotation(Optional.empty(), Duration.ZERO);

    var refusal =
        catchThrowableOfType(
            RefusedDestinationException.class,
            () ->
                fixture.preparation.rotate(
                    PreparationFixture.MAIL, new Destination.Demo(), rotation));

    assertThat(refusal.pointer()).isEqualTo("/kind");
    assertThat(refusal.detail()).contains("demo has no secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://receiver.test/",
        "https://receiver.test:22/",
        "https://127.0.0.1/",
        "https://inside.test/",
        "https://unknown.test/",
        "https://a:b@receiver.test/",
        "nonsense"
      })
  void refusedUrl_isNamed(String url) {
    assertThat(fixture.refusal(Webhook.to(url)).pointer()).isEqualTo("/url");
    Webhook webhook = fixture.stored(Webhook.to(PreparationFixture.URL));
    assertThat(fixture.refusal(Webhook.to(url), webhook).pointer()).isEqualTo("/url");
  }

  @Test
  void storedUrl_isNotLookedUpAgain() {
    Webhook webhook = fixture.stored(Webhook.to(PreparationFixture.URL));
    fixture.names.with("receiver.test", "10.0.0.1");
    fixture.clock.advance(Duration.ofDays(1));
    int asked = fixture.names.asked().size();

    assertThat(fixture.stored(Webhook.to(PreparationFixture.URL), webhook)).isEqualTo(webhook);
    assertThat(fixture.names.asked()).hasSize(asked);
  }

  @Test
  void interruptedCheck_isRefusedAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      var hanging = new DnsCache(fixture.names, _ -> {}, fixture.clock);
      var rules = new UrlRules(false, AllowedPorts.STANDARD, Set.of(), new AddressGuard(List.of()));
      var interrupted =
          new WebhookPreparation(
              new ReceiverCheck(rules, hanging),
              fixture.secrets,
              _ -> {},
              fixture.clock,
              HandlerFixture.RANDOM);

      var refusal =
          catchThrowableOfType(
              RefusedDestinationException.class,
              () ->
                  interrupted.prepare(
                      PreparationFixture.MAIL,
                      Webhook.to(PreparationFixture.URL),
                      Optional.empty()));

      assertThat(refusal.pointer()).isEqualTo("/url");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nodeWithoutAKey_saysWhatToSet(Scheme scheme) {
    WebhookPreparation without = fixture.preparation(new SecretStorage(Optional.empty()));

    for (Webhook wanted :
        List.of(
            Webhook.to(PreparationFixture.URL),
            PreparationFixture.withSecret(PreparationFixture.OWN),
            PreparationFixture.with(
                PreparationFixture.URL,
                PreparationFixture.plain(scheme, "x-key", PreparationFixture.HIDDEN)))) {
      var refusal =
          catchThrowableOfType(
              RefusedDestinationException.class,
              () -> without.prepare(PreparationFixture.MAIL, wanted, Optional.empty()));

      assertThat(refusal.pointer()).matches("/secret|/credentials/(token|password|value)");
      assertThat(refusal.detail()).contains("SECRETS_KEY", "openssl rand -base64 32");
      assertThat(refusal.getMessage())
          .doesNotContain(PreparationFixture.HIDDEN, PreparationFixture.OWN);
    }
  }

  @Test
  void otherDestinations_areAcceptedAsTheyAre() {
    Destination demo = new Destination.Demo();

    assertThat(
            fixture.preparation.prepare(
                PreparationFixture.MAIL,
                demo,
                Optional.of(fixture.stored(Webhook.to(PreparationFixture.URL)))))
        .isEqualTo(new Prepared(demo, Optional.empty()));
  }
}
