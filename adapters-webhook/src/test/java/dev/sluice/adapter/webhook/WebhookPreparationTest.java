package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.adapter.webhook.SecretStorage.Use;
import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.guard.Network;
import dev.sluice.adapter.webhook.secret.SecretCipher;
import dev.sluice.adapter.webhook.signature.SignatureHeaders;
import dev.sluice.adapter.webhook.signature.WebhookSecret;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.destination.DestinationPreparation.Prepared;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.destination.Rotation;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Credentials.Scheme;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How subscriptions to webhooks become ready to be stored.
final class WebhookPreparationTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final String URL = "https://receiver.test/in";
  private static final String OWN = WebhookSecret.generate(HandlerFixture.RANDOM).reveal();
  private static final String HIDDEN = "hidden-token";

  private final SettableClock clock = new SettableClock();
  private final FixedNames names =
      new FixedNames()
          .with("receiver.test", "93.184.216.34")
          .with("other.test", "93.184.216.35")
          .with("inside.test", "10.0.0.1");
  private final SecretStorage secrets =
      new SecretStorage(Optional.of(new SecretCipher("ab".repeat(32), HandlerFixture.RANDOM)));
  private final WebhookPreparation preparation = preparation(secrets);

  private WebhookPreparation preparation(SecretStorage storage) {
    var guard = new AddressGuard(List.of(Network.parse("192.168.0.0/16")));
    var rules = new UrlRules(false, AllowedPorts.STANDARD, Set.of(), guard);
    var check = new ReceiverCheck(rules, new DnsCache(names, Runnable::run, clock));
    return new WebhookPreparation(check, storage, clock, HandlerFixture.RANDOM);
  }

  private Prepared prepare(Webhook wanted, Webhook... before) {
    return preparation.prepare(MAIL, wanted, Optional.<Destination>empty().or(() -> first(before)));
  }

  private static Optional<Destination> first(Webhook... before) {
    return before.length == 0 ? Optional.empty() : Optional.of(before[0]);
  }

  private Webhook stored(Webhook wanted, Webhook... before) {
    return (Webhook) prepare(wanted, before).destination();
  }

  private RefusedDestinationException refusal(Webhook wanted, Webhook... before) {
    return catchThrowableOfType(RefusedDestinationException.class, () -> prepare(wanted, before));
  }

  private static Webhook withSecret(String secret) {
    return Webhook.to(URL)
        .with(
            List.of(new SigningSecret(new Secret.Plain(secret), Optional.empty())),
            Optional.empty());
  }

  private static Webhook with(String url, Credentials credentials) {
    return Webhook.to(url).with(List.of(), Optional.of(credentials));
  }

  private static Credentials plain(Scheme scheme, String name, String secret) {
    return new Credentials(scheme, name, Optional.of(new Secret.Plain(secret)));
  }

  private static Credentials kept(Scheme scheme, String name) {
    return new Credentials(scheme, name, Optional.empty());
  }

  private static Webhook withHeaders(Map<String, String> headers) {
    Webhook usual = Webhook.to(URL);
    return new Webhook(URL, usual.body(), headers, List.of(), Optional.empty(), Set.of());
  }

  private String revealed(SigningSecret signing) {
    return secrets.reveal(signing.secret(), MAIL, Use.SIGNING);
  }

  @Test
  void missingSecret_isMadeAndShownOnce() {
    Prepared prepared = prepare(Webhook.to(URL));

    Webhook webhook = (Webhook) prepared.destination();
    String created = prepared.created().orElseThrow().reveal();
    assertThat(WebhookSecret.parse(created).reveal()).isEqualTo(created);
    assertThat(webhook.secrets()).hasSize(1).allMatch(one -> one.until().isEmpty());
    assertThat(revealed(webhook.secrets().getFirst())).isEqualTo(created);
    assertThat(prepared.toString()).doesNotContain(created);
    assertThat(prepare(Webhook.to(URL), webhook))
        .isEqualTo(new Prepared(webhook, Optional.empty()));
  }

  @Test
  void eachSubscription_getsASecretOfItsOwn() {
    assertThat(prepare(Webhook.to(URL)).created().orElseThrow().reveal())
        .isNotEqualTo(prepare(Webhook.to(URL)).created().orElseThrow().reveal());
  }

  @Test
  void ownSecret_isEncryptedAndNotShown() {
    Prepared prepared = prepare(withSecret(OWN));

    assertThat(prepared.created()).isEmpty();
    Webhook webhook = (Webhook) prepared.destination();
    assertThat(webhook.secrets()).singleElement().extracting(this::revealed).isEqualTo(OWN);
    assertThat(webhook.toString()).doesNotContain(OWN.substring(6));
  }

  @Test
  void sameSecret_changesNothing() {
    Webhook webhook = stored(withSecret(OWN));

    assertThat(stored(withSecret(OWN), webhook)).isEqualTo(webhook);
    assertThat(stored(webhook, webhook)).isEqualTo(webhook);
    assertThat(stored(Webhook.to(URL), webhook)).isEqualTo(webhook);
  }

  @Test
  void otherSecret_replacesAll() {
    Webhook before = rotated(stored(Webhook.to(URL)), Duration.ofHours(1));

    Webhook after = stored(withSecret(OWN), before);

    assertThat(after.secrets()).singleElement().extracting(this::revealed).isEqualTo(OWN);
  }

  @Test
  void secretIsKept_whenTheUrlChanges() {
    Webhook before = stored(Webhook.to(URL));

    assertThat(stored(Webhook.to("https://other.test/"), before).secrets())
        .isEqualTo(before.secrets());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HIDDEN, "whsec_", "whsec_AAAA", "whsec_hidden-token=", "whsec_%%%%"})
  void malformedSecret_isRefusedAndNotRepeated(String secret) {
    RefusedDestinationException refusal = refusal(withSecret(secret));

    assertThat(refusal.pointer()).isEqualTo("/secret");
    assertThat(refusal.detail()).contains("webhook secret").doesNotContain("hidden", "AAAA", "%%");
    assertThat(refusal).hasNoCause();
  }

  private Webhook rotated(Webhook webhook, Duration grace) {
    var rotation = new Rotation(Optional.empty(), grace);
    return (Webhook) preparation.rotate(MAIL, webhook, rotation).destination();
  }

  @Test
  void rotation_keepsThePresentSecretForAWhile() {
    Webhook before = stored(withSecret(OWN));

    Prepared prepared =
        preparation.rotate(MAIL, before, new Rotation(Optional.empty(), Rotation.DEFAULT_GRACE));

    List<SigningSecret> after = ((Webhook) prepared.destination()).secrets();
    assertThat(after)
        .extracting(this::revealed)
        .containsExactly(prepared.created().orElseThrow().reveal(), OWN);
    assertThat(after)
        .extracting(SigningSecret::until)
        .containsExactly(
            Optional.empty(), Optional.of(clock.instant().plus(Rotation.DEFAULT_GRACE)));
  }

  @Test
  void rotationToAnOwnSecret_showsNone() {
    var rotation = new Rotation(Optional.of(new Secret.Plain(OWN)), Duration.ZERO);

    Prepared prepared = preparation.rotate(MAIL, stored(Webhook.to(URL)), rotation);

    assertThat(prepared.created()).isEmpty();
    assertThat(((Webhook) prepared.destination()).secrets())
        .as("without grace the old one ends at once")
        .singleElement()
        .extracting(this::revealed)
        .isEqualTo(OWN);
    assertThat(rotation.toString()).doesNotContain(OWN);
  }

  @Test
  void repeatedRotations_keepTheNewestUpToTheMaximum() {
    Webhook webhook = stored(Webhook.to(URL));
    for (int count = 0; count < 8; count++) {
      webhook = rotated(webhook, Duration.ofHours(1));
      clock.advance(Duration.ofMinutes(1));
    }

    List<Instant> ends =
        webhook.secrets().stream().skip(1).map(one -> one.until().orElseThrow()).toList();
    assertThat(webhook.secrets()).hasSize(SignatureHeaders.MAX_SECRETS);
    assertThat(ends).isSortedAccordingTo((one, other) -> other.compareTo(one));
  }

  @Test
  void laterRotation_neitherProlongsNorKeepsWhatHasEnded() {
    Webhook twice =
        rotated(rotated(stored(withSecret(OWN)), Duration.ofHours(1)), Duration.ofDays(7));
    Instant end = clock.instant().plus(Duration.ofHours(1));
    assertThat(twice.secrets().getLast().until()).contains(end);

    clock.advance(Duration.ofHours(1));

    assertThat(rotated(twice, Duration.ofDays(1)).secrets())
        .extracting(this::revealed)
        .hasSize(3)
        .doesNotContain(OWN);
  }

  @Test
  void rotationOfWhatHasNoSecret_isRefused() {
    var rotation = new Rotation(Optional.empty(), Duration.ZERO);

    var refusal =
        catchThrowableOfType(
            RefusedDestinationException.class,
            () -> preparation.rotate(MAIL, new Destination.Demo(), rotation));

    assertThat(refusal.pointer()).isEqualTo("/kind");
    assertThat(refusal.detail()).contains("demo has no secret");
  }

  @ParameterizedTest
  @CsvSource({"BEARER,''", "BASIC,ann", "HEADER,x-key"})
  void credentials_areEncryptedAndKept(Scheme scheme, String name) {
    Webhook webhook = stored(with(URL, plain(scheme, name, HIDDEN)));

    assertThat(webhook.toString()).doesNotContain(HIDDEN);
    assertThat(
            webhook
                .credentials()
                .flatMap(Credentials::secret)
                .map(one -> secrets.reveal(one, MAIL, Use.CREDENTIALS)))
        .contains(HIDDEN);
    assertThat(stored(with(URL, kept(scheme, name)), webhook)).isEqualTo(webhook);
    assertThat(stored(with(URL, plain(scheme, name, HIDDEN)), webhook)).isEqualTo(webhook);
    assertThat(stored(with(URL + "/deeper?x=1", kept(scheme, name)), webhook).credentials())
        .isEqualTo(webhook.credentials());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://other.test/in", "https://receiver.test:80/in"})
  void credentialsForAnotherOrigin_mustBeGivenAgain(String url) {
    Webhook webhook = stored(with(URL, plain(Scheme.BEARER, "", HIDDEN)));

    RefusedDestinationException refusal = refusal(with(url, kept(Scheme.BEARER, "")), webhook);

    assertThat(refusal.pointer()).isEqualTo("/credentials/token");
    assertThat(refusal.detail()).contains("another host").doesNotContain(HIDDEN);
  }

  @Test
  void credentialsWithoutASecret_areRefusedUnlessStored() {
    Webhook bearer = stored(with(URL, plain(Scheme.BEARER, "", HIDDEN)));

    assertThat(refusal(with(URL, kept(Scheme.BEARER, ""))).pointer())
        .isEqualTo("/credentials/token");
    assertThat(refusal(with(URL, kept(Scheme.BASIC, "ann")), bearer).pointer())
        .isEqualTo("/credentials/password");
    assertThat(refusal(with(URL, kept(Scheme.HEADER, "x-key")), bearer).pointer())
        .isEqualTo("/credentials/value");
  }

  @ParameterizedTest
  @CsvSource({
    "BEARER, '',            /credentials/token",
    "HEADER, x-key,         /credentials/value",
    "BASIC,  a:b,           /credentials/username",
    "HEADER, webhook-id,    /credentials/name",
    "HEADER, CE-Id,         /credentials/name",
    "HEADER, Host,          /credentials/name",
    "HEADER, 'x key',       /credentials/name"
  })
  void credentialsThatCannotBeSent_areRefused(Scheme scheme, String name, String pointer) {
    RefusedDestinationException refusal =
        refusal(with(URL, plain(scheme, name, HIDDEN + "\r\nx: y")));

    assertThat(refusal.pointer()).isEqualTo(pointer);
    assertThat(refusal.getMessage()).doesNotContain(HIDDEN);
  }

  @Test
  void credentialsInAHeaderThatIsGivenToo_areRefused() {
    Webhook webhook =
        withHeaders(Map.of("X-Key", "shown"))
            .with(List.of(), Optional.of(plain(Scheme.HEADER, "x-key", HIDDEN)));

    assertThat(refusal(webhook).pointer()).isEqualTo("/credentials/name");
  }

  @Test
  void longCredentials_areRefused() {
    assertThat(refusal(with(URL, plain(Scheme.BEARER, "", "x".repeat(9_000)))).pointer())
        .isEqualTo("/credentials/token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "Content-Length",
        "Expect",
        "Host",
        "Keep-Alive",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Proxy-Authorization",
        "Proxy-Connection",
        "Content-Encoding",
        "Webhook-Id",
        "webhook-signature",
        "webhook-timestamp",
        "webhook-anything",
        "ce-id",
        "User-Agent",
        "Content-Type",
        "Accept",
        "Traceparent",
        "Tracestate",
        "Authorization",
        "Cookie",
        "x y",
        "x:y",
        "é"
      })
  void header_isRefusedByName(String name) {
    RefusedDestinationException refusal = refusal(withHeaders(Map.of(name, "v")));

    assertThat(refusal.pointer()).isEqualTo("/headers/" + name);
  }

  @Test
  void headerTwiceOrOfSeveralLines_isRefused() {
    var twice = new LinkedHashMap<String, String>();
    twice.put("X-Team", "a");
    twice.put("x-team", "b");

    assertThat(refusal(withHeaders(twice)).detail()).contains("twice");
    assertThat(refusal(withHeaders(twice)).pointer()).isEqualTo("/headers/x-team");
    assertThat(refusal(withHeaders(Map.of("x", "a\r\nb: c"))).detail()).contains("one line");
    assertThat(refusal(withHeaders(Map.of("x~/y", "a"))).pointer()).isEqualTo("/headers/x~0~1y");
    assertThat(stored(withHeaders(Map.of("X-Team", "a"))).headers())
        .containsExactly(Map.entry("X-Team", "a"));
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
    assertThat(refusal(Webhook.to(url)).pointer()).isEqualTo("/url");
    Webhook webhook = stored(Webhook.to(URL));
    assertThat(refusal(Webhook.to(url), webhook).pointer()).isEqualTo("/url");
  }

  @Test
  void storedUrl_isNotLookedUpAgain() {
    Webhook webhook = stored(Webhook.to(URL));
    names.with("receiver.test", "10.0.0.1");
    clock.advance(Duration.ofDays(1));
    int asked = names.asked().size();

    assertThat(stored(Webhook.to(URL), webhook)).isEqualTo(webhook);
    assertThat(names.asked()).hasSize(asked);
  }

  @Test
  void interruptedCheck_isRefusedAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      var hanging = new DnsCache(names, _ -> {}, clock);
      var rules = new UrlRules(false, AllowedPorts.STANDARD, Set.of(), new AddressGuard(List.of()));
      var interrupted =
          new WebhookPreparation(
              new ReceiverCheck(rules, hanging), secrets, clock, HandlerFixture.RANDOM);

      var refusal =
          catchThrowableOfType(
              RefusedDestinationException.class,
              () -> interrupted.prepare(MAIL, Webhook.to(URL), Optional.empty()));

      assertThat(refusal.pointer()).isEqualTo("/url");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nodeWithoutAKey_saysWhatToSet(Scheme scheme) {
    WebhookPreparation without = preparation(new SecretStorage(Optional.empty()));

    for (Webhook wanted :
        List.of(Webhook.to(URL), withSecret(OWN), with(URL, plain(scheme, "x-key", HIDDEN)))) {
      var refusal =
          catchThrowableOfType(
              RefusedDestinationException.class,
              () -> without.prepare(MAIL, wanted, Optional.empty()));

      assertThat(refusal.pointer()).matches("/secret|/credentials/(token|password|value)");
      assertThat(refusal.detail()).contains("SECRETS_KEY", "openssl rand -base64 32");
      assertThat(refusal.getMessage()).doesNotContain(HIDDEN, OWN);
    }
  }

  @Test
  void otherDestinations_areAcceptedAsTheyAre() {
    Destination demo = new Destination.Demo();

    assertThat(preparation.prepare(MAIL, demo, Optional.of(stored(Webhook.to(URL)))))
        .isEqualTo(new Prepared(demo, Optional.empty()));
  }
}
