package dev.sluice.format.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.WebhookFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `type`, `timestamp` and `data`, then the other members under the names of the API.
final class StandardBodyTest {

  @Test
  void event_hasTypeTimestampAndData() {
    WebhookBody body = Samples.render(WebhookFormat.STANDARD, Samples.event("{\"id\":7}"));

    assertThat(body.contentType()).isEqualTo("application/json");
    assertThat(body.headers()).isEmpty();
    assertThat(Samples.text(body))
        .isEqualTo(
            """
            {"type":"order.paid","timestamp":"2026-11-28T09:30:00.000Z","data":{"id":7},\
            "event_id":"evt-1","received_at":"2026-11-28T09:30:00.125Z"}\
            """);
  }

  @Test
  void attributes_haveTheNamesOfTheApi() {
    assertThat(Samples.text(Samples.render(WebhookFormat.STANDARD, Samples.full("1"))))
        .isEqualTo(
            """
            {"type":"order.paid","timestamp":"2026-11-28T09:30:00.000Z","data":1,\
            "event_id":"evt-1","received_at":"2026-11-28T09:30:00.125Z",\
            "source":"/shop","subject":"order-7","key":"customer-3",\
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
            "tracestate":"vendor=1","replay_of":"evt-0","priority":7,\
            "extensions":{"priority":5,"region":"eu","urgent":true}}\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "1e400",
        "0.10",
        "-0",
        "123456789012345678901234567890",
        "\"\\u2028 \u2028 \\ud83d \uD83D\uDE00 \\/\"",
        "{\"a\":1,\"a\":2, \"b\" : [ ]\n}",
        "{\"data_base64\":\"AQI=\"}"
      })
  void payload_isSentToTheLetter(String payload) {
    assertThat(Samples.text(Samples.render(WebhookFormat.STANDARD, Samples.event(payload))))
        .contains(",\"data\":" + payload + ",\"event_id\":");
  }
}
