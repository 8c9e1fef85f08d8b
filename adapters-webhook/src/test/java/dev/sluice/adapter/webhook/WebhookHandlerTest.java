package dev.sluice.adapter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.sluice.adapter.webhook.signature.WebhookSecret;
import dev.sluice.application.sample.PreviewingHandler.Preview;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Credentials.Scheme;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.WebhookFormat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a receiver gets.
final class WebhookHandlerTest {

  private static final WebhookSecret OLD = WebhookSecret.generate(HandlerFixture.RANDOM);
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final HandlerFixture fixture = new HandlerFixture();
  private RawReceiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver =
        new RawReceiver(
            it -> {
              it.readRequest();
              it.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            });
  }

  @AfterEach
  void close() throws IOException {
    receiver.close();
    fixture.close();
  }

  /// A request as it arrived.
  private record Received(String line, Map<String, List<String>> headers, String body) {

    static Received of(String text) {
      int end = text.indexOf("\r\n\r\n");
      List<String> lines = Arrays.asList(text.substring(0, end).split("\r\n", -1));
      return new Received(
          lines.getFirst(),
          lines.stream()
              .skip(1)
              .map(line -> line.split(": ", 2))
              .collect(
                  Collectors.groupingBy(
                      parts -> parts[0].toLowerCase(Locale.ROOT),
                      Collectors.mapping(parts -> parts[1], Collectors.toList()))),
          text.substring(end + 4));
    }

    List<String> header(String name) {
      return headers.getOrDefault(name, List.of());
    }

    void verify(WebhookSecret secret)
        throws WebhookVerificationException, EmptyWebhookSecretException {
      new com.standardwebhooks.Webhook(secret.reveal()).verify(body, headers);
    }
  }

  private Received sent(Webhook webhook, Event event, int number) {
    int before = receiver.requests().size();
    assertThat(fixture.handle(webhook, event, number)).isInstanceOf(Outcome.Succeeded.class);
    assertThat(receiver.requests()).hasSize(before + 1);
    return Received.of(receiver.requests().getLast());
  }

  private Received sent(Webhook webhook) {
    return sent(webhook, Events.event("evt-1"), 1);
  }

  private Webhook signedWith(SigningSecret... secrets) {
    return fixture.to(receiver).with(List.of(secrets), Optional.empty());
  }

  private static Event withAttributes(Map<String, String> values) {
    Event event = Events.event("evt-1");
    return new Event(
        event.id(),
        event.type(),
        event.occurredAt(),
        event.receivedAt(),
        new Payload("{\"name\":\"Zoë\"}"),
        new Attributes(values));
  }

  @ParameterizedTest
  @EnumSource(value = WebhookFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "TEMPLATE")
  void requestInEachFormat_isVerifiedByTheOfficialLibrary(WebhookFormat format) throws Exception {
    Webhook webhook = HandlerFixture.with(fixture.to(receiver), Webhook.Body.of(format), Map.of());

    Received received = sent(webhook, withAttributes(Map.of("source", "/é")), 1);

    received.verify(HandlerFixture.KEY);
    assertThat(received.line()).isEqualTo("POST /in?a=b HTTP/1.1");
    assertThat(received.body()).contains("Zoë");
    assertThat(received.header("content-length"))
        .containsExactly(String.valueOf(received.body().getBytes(UTF_8).length));
  }

  @Test
  void rotatingSecrets_signBothUntilTheOldOneEnds() throws Exception {
    SigningSecret current = fixture.encrypted(HandlerFixture.KEY, Optional.empty());
    Instant now = Instant.now();

    Received during =
        sent(signedWith(current, fixture.encrypted(OLD, Optional.of(now.plusSeconds(3_600)))));
    Received after =
        sent(signedWith(current, fixture.encrypted(OLD, Optional.of(now.minusMillis(1)))));

    during.verify(HandlerFixture.KEY);
    during.verify(OLD);
    assertThat(during.header("webhook-signature").getFirst().split(" ", -1)).hasSize(2);
    after.verify(HandlerFixture.KEY);
    assertThat(after.header("webhook-signature").getFirst()).doesNotContain(" ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evt-1", "order.42 é"})
  void webhookId_isTheSameForAllAttempts(String id) {
    Webhook webhook = fixture.to(receiver);

    Received first = sent(webhook, Events.event(id), 1);
    Received third = sent(webhook, Events.event(id), 3);

    assertThat(third.header("webhook-id")).hasSize(1).isEqualTo(first.header("webhook-id"));
    assertThat(first.header("webhook-attempt")).containsExactly("1");
    assertThat(third.header("webhook-attempt")).containsExactly("3");
  }

  @ParameterizedTest
  @CsvSource({"5,6", "0,1", "many,1", "-3,1", "99999999999,1"})
  void webhooksThatLedToTheEvent_areCounted(String stored, String sent) {
    Received received =
        sent(fixture.to(receiver), withAttributes(Map.of("webhookhops", stored)), 1);

    assertThat(received.header("webhook-hops")).containsExactly(sent);
  }

  @Test
  void headers_areThoseOfTheServiceAndOfTheSubscription() {
    Webhook webhook =
        HandlerFixture.with(
            fixture.to(receiver), fixture.to(receiver).body(), Map.of("X-Team", "a b"));

    Received received =
        sent(
            webhook,
            withAttributes(Map.of("traceparent", TRACEPARENT, "tracestate", "vendor=1")),
            1);

    assertThat(received.header("user-agent")).containsExactly("Sluice/test");
    assertThat(received.header("content-type")).hasSize(1);
    assertThat(received.header("x-team")).containsExactly("a b");
    assertThat(received.header("traceparent")).containsExactly(TRACEPARENT);
    assertThat(received.header("tracestate")).containsExactly("vendor=1");
    assertThat(received.header("webhook-hops")).containsExactly("1");
    assertThat(received.header("authorization")).isEmpty();
    assertThat(received.headers().values()).allSatisfy(values -> assertThat(values).hasSize(1));
  }

  /// A producer may write anything there; the event is worth more than its trace.
  @ParameterizedTest
  @ValueSource(strings = {"vendor=é", "ключ"})
  void traceThatNoHeaderCanHold_isLeftOut(String state) {
    Received received =
        sent(
            fixture.to(receiver),
            withAttributes(Map.of("traceparent", TRACEPARENT, "tracestate", state)),
            1);

    assertThat(received.header("traceparent")).containsExactly(TRACEPARENT);
    assertThat(received.header("tracestate")).isEmpty();
  }

  @Test
  void attributeThatNoHeaderCanHold_isPermanent() {
    Webhook webhook =
        HandlerFixture.with(
            fixture.to(receiver), Webhook.Body.of(WebhookFormat.CLOUDEVENTS), Map.of());
    Event event = Events.withExtension(Events.event("evt-1"), 5_000);

    Outcome outcome = fixture.handle(webhook, event, 1);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.isRetryable()).isFalse();
              assertThat(failed.cause().message()).contains("note");
            });
    assertThat(receiver.connections()).isZero();
  }

  @Test
  void credentialsOfEachScheme_areSent() {
    Webhook webhook = fixture.to(receiver);
    String basic = Base64.getEncoder().encodeToString("ann:pass:wörd".getBytes(UTF_8));

    assertThat(sent(with(webhook, Scheme.BEARER, "", "tok")).header("authorization"))
        .containsExactly("Bearer tok");
    assertThat(sent(with(webhook, Scheme.BASIC, "ann", "pass:wörd")).header("authorization"))
        .containsExactly("Basic " + basic);
    Received own = sent(with(webhook, Scheme.HEADER, "X-Api-Key", "k"));
    assertThat(own.header("x-api-key")).containsExactly("k");
    assertThat(own.header("authorization")).isEmpty();
  }

  private Webhook with(Webhook webhook, Scheme scheme, String name, String secret) {
    Credentials credentials = fixture.encrypted(scheme, name, secret);
    return webhook.with(webhook.secrets(), Optional.of(credentials));
  }

  @Test
  void preview_showsTheBodyAndNoSecret() {
    Webhook webhook = with(fixture.to(receiver), Scheme.BEARER, "", "hidden-token");

    Preview preview =
        fixture.handler.preview(
            Events.event("evt-1"), HandlerFixture.attempt(webhook, 1, SenderFixture.LONG));

    assertThat(preview.toString())
        .contains("POST to http://receiver.test", "webhook-signature", "authorization")
        .doesNotContain("hidden-token", HandlerFixture.KEY.reveal(), "v1,");
    assertThat(preview.output().orElseThrow()).contains("\"type\":\"order.paid\"");
    assertThat(receiver.connections()).isZero();
  }

  @Test
  void previewOfWhatCannotBeSent_saysWhy() {
    var template =
        new Webhook.Body(WebhookFormat.TEMPLATE, Optional.of("{\"a\":\"{payload.no}\"}"));
    Webhook unrenderable = HandlerFixture.with(fixture.to(receiver), template, Map.of());

    assertThat(preview(unrenderable).sentence()).startsWith("Fails each attempt: ");
    assertThat(preview(fixture.to("ftp://receiver.test/")).sentence())
        .startsWith("Cannot be sent: ");
  }

  private Preview preview(Webhook webhook) {
    return fixture.handler.preview(
        Events.event("evt-1"), HandlerFixture.attempt(webhook, 1, SenderFixture.LONG));
  }

  @Test
  void longTimeout_isCutToThatOfARequest() {
    Webhook webhook = fixture.to(receiver);

    Outcome outcome =
        fixture.handler.handle(
            Events.event("evt-1"), HandlerFixture.attempt(webhook, 1, Duration.ofHours(1)));

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void otherDestination_isAMistake() {
    var attempt =
        new AttemptContext(
            HandlerFixture.MAIL,
            new Destination.Log(),
            1,
            1,
            SettableClock.START,
            Duration.ofSeconds(1),
            Duration.ZERO);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.handler.handle(Events.event("evt-1"), attempt))
        .withMessageContaining("log is not a webhook");
  }

  @Test
  void limit_isThatOfTheSubscriptionAtMost() {
    assertThat(fixture.handler.slots()).isEqualTo(1_024);
    assertThat(fixture.handler.timeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(fixture.limit(fixture.to(receiver))).isEqualTo(4);
  }
}
