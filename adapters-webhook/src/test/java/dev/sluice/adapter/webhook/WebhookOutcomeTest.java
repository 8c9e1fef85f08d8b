package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.work.ReceiverView;
import dev.sluice.contract.Events;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.WebhookFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of what a response does, row by row: over real connections.
final class WebhookOutcomeTest {

  private static final Duration SHORT = Duration.ofMillis(500);

  private final HandlerFixture fixture = new HandlerFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /// What happens on a connection after the request.
  private interface Reaction {
    void to(RawReceiver.Conversation conversation) throws IOException;
  }

  private static RawReceiver receiver(Reaction reaction) throws IOException {
    return new RawReceiver(
        conversation -> {
          conversation.readRequest();
          reaction.to(conversation);
        });
  }

  private static RawReceiver responding(String statusAndHeaders) throws IOException {
    String head = "HTTP/1.1 " + statusAndHeaders.replace(";", "\r\n") + "\r\n";
    return receiver(it -> it.send(head + "Content-Length: 2\r\nConnection: close\r\n\r\nok"));
  }

  /// Returns what the table says: the outcome, the error, the wait in seconds.
  private static String text(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded _ -> "completed";
      case Outcome.Failed(var isRetryable, var cause, var wait, var _) ->
          (isRetryable ? "retry " : "permanent ") + cause.error() + " " + wait.toSeconds();
      case Outcome.NotMade _ -> "not made";
      case Outcome.Unwanted _ -> "pause subscription";
    };
  }

  private static String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded _ -> "";
      case Outcome.Failed(var _, FailureCause cause, var _, var _) -> cause.message();
      case Outcome.NotMade(String reason) -> reason;
      case Outcome.Unwanted(String reason, var _) -> reason;
    };
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 OK                                | completed              | 5 | OPEN",
        "204 No Content                        | completed              | 5 | OPEN",
        "299 Odd                               | completed              | 5 | OPEN",
        "301 Moved;Location: http://x.test/    | retry Status301 0      | 4 | OPEN",
        "302 Found;Location: http://x.test/    | retry Status302 0      | 4 | OPEN",
        "307 Moved;Location: http://x.test/    | retry Status307 0      | 4 | OPEN",
        "400 Bad Request                       | retry Status400 0      | 4 | OPEN",
        "401 Unauthorized                      | retry Status401 0      | 4 | OPEN",
        "403 Forbidden                         | retry Status403 0      | 4 | OPEN",
        "404 Not Found                         | retry Status404 0      | 4 | OPEN",
        "405 Not Allowed                       | retry Status405 0      | 4 | OPEN",
        "422 Unprocessable                     | retry Status422 0      | 4 | OPEN",
        "406 Not Acceptable                    | permanent Status406 0  | 4 | OPEN",
        "413 Too Large                         | permanent Status413 0  | 4 | OPEN",
        "415 Unsupported                       | permanent Status415 0  | 4 | OPEN",
        "501 Not Implemented                   | permanent Status501 0  | 4 | OPEN",
        "408 Timeout                           | retry Status408 0      | 4 | OPEN",
        "425 Too Early                         | retry Status425 0      | 4 | OPEN",
        "410 Gone                              | pause subscription     | 4 | OPEN",
        "429 Too Many;Retry-After: 90          | retry Status429 90     | 0 | PAUSED",
        "429 Too Many;Retry-After: 1           | retry Status429 10     | 0 | PAUSED",
        "503 Unavailable;Retry-After: 90       | retry Status503 90     | 0 | PAUSED",
        "503 Unavailable;Retry-After: 86400    | retry Status503 3600   | 0 | PAUSED",
        "503 Unavailable;Retry-After: -1       | retry Status503 0      | 2 | OPEN",
        "503 Unavailable;Retry-After: soon     | retry Status503 0      | 2 | OPEN",
        "503 Unavailable;Retry-After: 2592001  | retry Status503 0      | 2 | OPEN",
        "429 Too Many                          | retry Status429 60     | 2 | OPEN",
        "502 Bad Gateway                       | retry Status502 0      | 2 | OPEN",
        "503 Unavailable                       | retry Status503 0      | 2 | OPEN",
        "504 Gateway Timeout                   | retry Status504 0      | 2 | OPEN",
        "500 Error                             | retry Status500 0      | 4 | OPEN",
        "505 Version                           | retry Status505 0      | 4 | OPEN",
        "599 Odd                               | retry Status599 0      | 4 | OPEN",
        "500 Error;webhook-delivery: disable   | pause subscription     | 4 | OPEN",
        "400 Bad;webhook-delivery: abort-message | permanent Status400 0 | 4 | OPEN",
        "200 OK;webhook-delivery: disable      | completed              | 5 | OPEN"
      })
  void response_decides(String response, String outcome, int limit, ReceiverView.State state)
      throws IOException {
    try (RawReceiver receiver = responding(response)) {
      Webhook webhook = fixture.to(receiver);

      Outcome actual = fixture.handle(webhook);

      assertThat(text(actual)).as(reason(actual)).isEqualTo(outcome);
      assertThat(actual.response().orElseThrow().status())
          .isEqualTo(Integer.parseInt(response.substring(0, 3)));
      assertThat(fixture.limit(webhook)).isEqualTo(limit);
      assertThat(fixture.view(webhook).state()).isEqualTo(state);
      assertThat(fixture.view(webhook).inFlight()).isZero();
      assertThat(receiver.requests()).as("redirects are not followed").hasSize(1);
    }
  }

  @Test
  void redirect_saysWhereItPoints() throws IOException {
    try (RawReceiver receiver = responding("302 Found;Location: http://x.test/")) {
      assertThat(reason(fixture.handle(fixture.to(receiver)))).contains("points to http://x.test/");
    }
  }

  @Test
  void silentReceiver_timesOutAndGetsFewer() throws IOException {
    for (Reaction reaction :
        List.<Reaction>of(
            RawReceiver.Conversation::fallSilent,
            it -> it.sendUntilClosed("HTTP/1.1 100 Continue\r\n\r\n"),
            it -> it.drip("H"))) {
      try (var other = new HandlerFixture();
          RawReceiver receiver = receiver(reaction)) {
        Webhook webhook = other.to(receiver);

        Outcome outcome = other.handle(webhook, SHORT);

        assertThat(text(outcome)).as(reason(outcome)).isEqualTo("retry TimedOut 0");
        assertThat(((Outcome.Failed) outcome).cause().kind()).isEqualTo(FailureCause.Kind.TIMEOUT);
        assertThat(outcome.response().orElseThrow().status()).isZero();
        assertThat(other.limit(webhook)).isEqualTo(2);
      }
    }
  }

  @Test
  void brokenConnection_isRetried() throws IOException {
    try (RawReceiver resetting = receiver(RawReceiver.Conversation::reset);
        RawReceiver ending = receiver(_ -> {});
        RawReceiver other = receiver(it -> it.send("SSH-2.0-OpenSSH_9.9\r\n"))) {
      assertThat(text(fixture.handle(fixture.to(resetting)))).isEqualTo("retry ConnectionReset 0");
      assertThat(text(fixture.handle(fixture.to(ending)))).isEqualTo("retry ConnectionReset 0");
      assertThat(text(fixture.handle(fixture.to(other)))).isEqualTo("retry NotHttp 0");
    }
  }

  @Test
  void receiverThatIsNotThere_isRetriedAndNamed() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (RawReceiver plain = receiver(it -> it.send("HTTP/1.1 200 OK\r\n\r\n"))) {
      assertThat(text(fixture.handle(fixture.to("http://receiver.test:" + port + "/"))))
          .isEqualTo("retry ConnectFailed 0");
      assertThat(text(fixture.handle(fixture.to("http://unknown.test:8080/"))))
          .isEqualTo("retry NameNotResolved 0");
      assertThat(text(fixture.handle(fixture.to("https://receiver.test:" + plain.port() + "/"))))
          .isEqualTo("retry TlsFailed 0");
    }
  }

  @Test
  void refusedAddress_pausesTheSubscription() {
    fixture.sending.names.with("private.test", "10.0.0.1");

    Outcome outcome = fixture.handle(fixture.to("http://private.test:8080/"));

    assertThat(text(outcome)).isEqualTo("pause subscription");
    assertThat(reason(outcome)).contains("10.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://receiver.test:80/", "ftp://receiver.test/", "http://127.1:8080/"})
  void refusedUrl_pausesTheSubscription(String url) {
    assertThat(text(fixture.handle(fixture.to(url)))).isEqualTo("pause subscription");
    assertThat(fixture.sending.names.asked()).isEmpty();
  }

  @Test
  void longBody_isCutAndCompletes() throws IOException {
    String body = "x".repeat(200_000);
    try (RawReceiver receiver =
        receiver(it -> it.send("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + body))) {
      Outcome outcome = fixture.handle(fixture.to(receiver));

      assertThat(text(outcome)).isEqualTo("completed");
      assertThat(outcome.response().orElseThrow().isCut()).isTrue();
      assertThat(outcome.response().orElseThrow().body()).hasSizeLessThanOrEqualTo(64 * 1024);
    }
  }

  @Test
  void permanentStatusOfTheSubscription_isNotRetried() throws IOException {
    try (RawReceiver receiver = responding("404 Not Found")) {
      Webhook usual = fixture.to(receiver);
      var webhook =
          new Webhook(
              usual.url(), usual.body(), Map.of(), usual.secrets(), Optional.empty(), Set.of(404));

      assertThat(text(fixture.handle(webhook))).isEqualTo("permanent Status404 0");
    }
  }

  @Test
  void openBreaker_makesNoRequest() throws IOException {
    try (RawReceiver receiver = responding("500 Error")) {
      Webhook webhook = fixture.to(receiver);
      for (int count = 0; count < 10; count++) {
        assertThat(text(fixture.handle(webhook))).isEqualTo("retry Status500 0");
      }

      assertThat(text(fixture.handle(webhook))).isEqualTo("not made");
      assertThat(receiver.requests()).hasSize(10);
      assertThat(fixture.limit(webhook)).isZero();
      assertThat(fixture.view(webhook).recent()).containsEntry("5xx", 10);
    }
  }

  @Test
  void templateThatCannotBeRendered_isPermanentAndSendsNothing() throws IOException {
    try (RawReceiver receiver = responding("200 OK")) {
      var body =
          new Webhook.Body(WebhookFormat.TEMPLATE, Optional.of("{\"a\":\"{payload.missing}\"}"));
      Webhook webhook = HandlerFixture.with(fixture.to(receiver), body, Map.of());

      Outcome outcome = fixture.handle(webhook);

      assertThat(text(outcome)).isEqualTo("permanent BodyNotRendered 0");
      assertThat(reason(outcome)).contains("payload.missing");
      assertThat(receiver.connections()).isZero();
    }
  }

  @Test
  void secretOfAnotherSubscription_isNotUsed() throws IOException {
    try (RawReceiver receiver = responding("200 OK")) {
      var other = new SubscriptionName("other");
      var attempt =
          new AttemptContext(
              other, fixture.to(receiver), 1, 1, Instant.MAX, SHORT, HandlerFixture.OWN_DELAY);

      Outcome outcome = fixture.handler.handle(Events.event("evt-1"), attempt);

      assertThat(text(outcome)).isEqualTo("retry SecretUnavailable 0");
      assertThat(receiver.connections()).isZero();
    }
  }
}
