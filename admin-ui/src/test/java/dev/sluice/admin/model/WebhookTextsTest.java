package dev.sluice.admin.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.Receiver;
import dev.sluice.admin.api.Response;
import dev.sluice.admin.api.SubscriptionTest;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookTextsTest {

  private static final Instant UNTIL = Instant.parse("2026-03-14T12:03:10Z");

  private static Receiver receiver(String state, @Nullable Instant until, @Nullable String reason) {
    return new Receiver(state, until, reason, null, null, Map.of(), null);
  }

  private static Response response(@Nullable Integer status) {
    return new Response("https://a", status, Map.of("b", "2", "a", "1"), "", false, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          open      | receiving    | Deliveries are sent when they are due.
          paused    | paused       | Deliveries wait until 12:03:10.
          broken    | circuit open | Circuit breaker open until 12:03:10.
          half_open | half open    | Circuit breaker half open, a single attempt tests the receiver.
          draining  | draining     | The receiver is draining until 12:03:10.
          ''        | unknown      | The node does not report the state of the receiver.
          """)
  void state_isExplained(String state, String word, String sentence) {
    Receiver receiver = receiver(state, UNTIL, null);

    assertThat(WebhookTexts.state(receiver)).isEqualTo(word);
    assertThat(WebhookTexts.explain(receiver, _ -> "12:03:10")).isEqualTo(sentence);
  }

  @Test
  void reason_isPartOfTheSentence() {
    assertThat(
            WebhookTexts.explain(
                receiver("broken", UNTIL, "8 of the last 10 attempts failed."), _ -> "12:03:10"))
        .isEqualTo("Circuit breaker open until 12:03:10: 8 of the last 10 attempts failed.");
    assertThat(WebhookTexts.explain(receiver("paused", null, "it sent 429"), _ -> ""))
        .isEqualTo("Deliveries wait: it sent 429.");
  }

  @ParameterizedTest
  @CsvSource({"204, 204, good", "302, 302, calm", "404, 404, bad", "503, 503, bad"})
  void status_hasAWordAndATone(int status, String word, String tone) {
    assertThat(WebhookTexts.status(response(status))).isEqualTo(word);
    assertThat(WebhookTexts.tone(response(status))).isEqualTo(tone);
  }

  @Test
  void missingResponse_isABadOne_andNoRequestIsNeither() {
    assertThat(WebhookTexts.status(response(null))).isEqualTo("none");
    assertThat(WebhookTexts.tone(response(null))).isEqualTo("bad");
    assertThat(WebhookTexts.status(null)).isEqualTo("–");
    assertThat(WebhookTexts.tone(null)).isEqualTo("calm");
  }

  @Test
  void times_areThoseThatAreKnown() {
    var times = new Response.Times(null, 0.24, null, 40.1, 5_200.0);
    var timed = new Response("https://a", 200, Map.of(), "", false, times);

    assertThat(WebhookTexts.times(timed))
        .isEqualTo("connect 0.2 ms, first byte 40.1 ms, total 5.20 s");
    assertThat(WebhookTexts.times(response(200))).isEmpty();
    assertThat(WebhookTexts.headers(response(200))).isEqualTo("a: 1\nb: 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          succeeded |          | false | Sent: the receiver accepted the event after 42 ms.
          not_made  | no route | false | Nothing was sent: no route.
          unwanted  | 410      | false | Sent: the receiver wants no more events: 410.
          timed_out |          | false | Sent: timed out after 42 ms. It would be retried.
          failed    |          | true  | Sent: failed after 42 ms. It would not be retried.
          """)
  void sentEvent_hasASentence(
      String outcome, @Nullable String reason, boolean permanent, String sentence) {
    var sent = new SubscriptionTest.Sent(outcome, reason, 42L, permanent, null, null);

    assertThat(WebhookTexts.sent(sent)).isEqualTo(sentence);
  }

  @Test
  void latency_isEmptyWhileUnknown() {
    var known =
        new Receiver("open", null, null, null, null, Map.of(), new Receiver.Latency(12.0, null));

    assertThat(WebhookTexts.latency(known)).isEqualTo("p50 12.0 ms");
    assertThat(WebhookTexts.latency(receiver("open", null, null))).isEmpty();
  }
}
