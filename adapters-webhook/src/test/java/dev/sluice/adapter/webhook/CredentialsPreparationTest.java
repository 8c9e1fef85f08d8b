package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.webhook.SecretStorage.Use;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Credentials.Scheme;
import dev.sluice.domain.subscription.Destination.Webhook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which credentials and headers a subscription may have, and when stored credentials are kept.
final class CredentialsPreparationTest {

  private final PreparationFixture fixture = new PreparationFixture();

  @ParameterizedTest
  @CsvSource({"BEARER,''", "BASIC,ann", "HEADER,x-key"})
  void credentials_areEncryptedAndKept(Scheme scheme, String name) {
    Webhook webhook =
        fixture.stored(
            PreparationFixture.with(
                PreparationFixture.URL,
                PreparationFixture.plain(scheme, name, PreparationFixture.HIDDEN)));

    assertThat(webhook.toString()).doesNotContain(PreparationFixture.HIDDEN);
    assertThat(
            webhook
                .credentials()
                .flatMap(Credentials::secret)
                .map(one -> fixture.secrets.reveal(one, PreparationFixture.MAIL, Use.CREDENTIALS)))
        .contains(PreparationFixture.HIDDEN);
    assertThat(
            fixture.stored(
                PreparationFixture.with(
                    PreparationFixture.URL, PreparationFixture.kept(scheme, name)),
                webhook))
        .isEqualTo(webhook);
    assertThat(
            fixture.stored(
                PreparationFixture.with(
                    PreparationFixture.URL,
                    PreparationFixture.plain(scheme, name, PreparationFixture.HIDDEN)),
                webhook))
        .isEqualTo(webhook);
    assertThat(
            fixture
                .stored(
                    PreparationFixture.with(
                        PreparationFixture.URL + "/deeper?x=1",
                        PreparationFixture.kept(scheme, name)),
                    webhook)
                .credentials())
        .isEqualTo(webhook.credentials());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://other.test/in", "https://receiver.test:80/in"})
  void credentialsForAnotherOrigin_mustBeGivenAgain(String url) {
    Webhook webhook =
        fixture.stored(
            PreparationFixture.with(
                PreparationFixture.URL,
                PreparationFixture.plain(Scheme.BEARER, "", PreparationFixture.HIDDEN)));

    RefusedDestinationException refusal =
        fixture.refusal(
            PreparationFixture.with(url, PreparationFixture.kept(Scheme.BEARER, "")), webhook);

    assertThat(refusal.pointer()).isEqualTo("/credentials/token");
    assertThat(refusal.detail())
        .contains("another scheme, host or port")
        .doesNotContain(PreparationFixture.HIDDEN);
  }

  @Test
  void credentialsWithoutASecret_areRefusedUnlessStored() {
    Webhook bearer =
        fixture.stored(
            PreparationFixture.with(
                PreparationFixture.URL,
                PreparationFixture.plain(Scheme.BEARER, "", PreparationFixture.HIDDEN)));

    assertThat(
            fixture
                .refusal(
                    PreparationFixture.with(
                        PreparationFixture.URL, PreparationFixture.kept(Scheme.BEARER, "")))
                .pointer())
        .isEqualTo("/credentials/token");
    assertThat(
            fixture
                .refusal(
                    PreparationFixture.with(
                        PreparationFixture.URL, PreparationFixture.kept(Scheme.BASIC, "ann")),
                    bearer)
                .pointer())
        .isEqualTo("/credentials/password");
    assertThat(
            fixture
                .refusal(
                    PreparationFixture.with(
                        PreparationFixture.URL, PreparationFixture.kept(Scheme.HEADER, "x-key")),
                    bearer)
                .pointer())
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
        fixture.refusal(
            PreparationFixture.with(
                PreparationFixture.URL,
                PreparationFixture.plain(scheme, name, PreparationFixture.HIDDEN + "\r\nx: y")));

    assertThat(refusal.pointer()).isEqualTo(pointer);
    assertThat(refusal.getMessage()).doesNotContain(PreparationFixture.HIDDEN);
  }

  @Test
  void credentialsInAHeaderThatIsGivenToo_areRefused() {
    Webhook webhook =
        PreparationFixture.withHeaders(Map.of("X-Key", "shown"))
            .with(
                List.of(),
                Optional.of(
                    PreparationFixture.plain(Scheme.HEADER, "x-key", PreparationFixture.HIDDEN)));

    assertThat(fixture.refusal(webhook).pointer()).isEqualTo("/credentials/name");
  }

  @Test
  void longCredentials_areRefused() {
    assertThat(
            fixture
                .refusal(
                    PreparationFixture.with(
                        PreparationFixture.URL,
                        PreparationFixture.plain(Scheme.BEARER, "", "x".repeat(9_000))))
                .pointer())
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
    RefusedDestinationException refusal =
        fixture.refusal(PreparationFixture.withHeaders(Map.of(name, "v")));

    assertThat(refusal.pointer()).isEqualTo("/headers/" + name);
  }

  @Test
  void headerTwiceOrOfSeveralLines_isRefused() {
    var twice = new LinkedHashMap<String, String>();
    twice.put("X-Team", "a");
    twice.put("x-team", "b");

    assertThat(fixture.refusal(PreparationFixture.withHeaders(twice)).detail()).contains("twice");
    assertThat(fixture.refusal(PreparationFixture.withHeaders(twice)).pointer())
        .isEqualTo("/headers/x-team");
    assertThat(fixture.refusal(PreparationFixture.withHeaders(Map.of("x", "a\r\nb: c"))).detail())
        .contains("one line");
    assertThat(fixture.refusal(PreparationFixture.withHeaders(Map.of("x~/y", "a"))).pointer())
        .isEqualTo("/headers/x~0~1y");
    assertThat(fixture.stored(PreparationFixture.withHeaders(Map.of("X-Team", "a"))).headers())
        .containsExactly(Map.entry("X-Team", "a"));
  }
}
