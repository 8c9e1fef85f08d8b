package dev.sluice.format.webhook;

import static dev.sluice.domain.subscription.WebhookFormat.CLOUDEVENTS;
import static dev.sluice.domain.subscription.WebhookFormat.CLOUDEVENTS_STRUCTURED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.Destination.Webhook;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Events as CloudEvents 1.0 over HTTP.
final class CloudEventBodyTest {

  private static Event of(String contentType, String payload) {
    return Samples.event(payload, new Attributes(Map.of("datacontenttype", contentType)));
  }

  @Test
  void binary_hasTheAttributesInHeaders() {
    WebhookBody body = Samples.render(CLOUDEVENTS, Samples.full("{\"id\": 0.10}"));

    assertThat(body.contentType()).isEqualTo("application/json");
    assertThat(Samples.text(body)).isEqualTo("{\"id\": 0.10}");
    assertThat(body.headers().entrySet())
        .extracting(Object::toString)
        .containsExactly(
            "ce-specversion=1.0",
            "ce-id=evt-1",
            "ce-source=/shop",
            "ce-type=order.paid",
            "ce-time=2026-11-28T09:30:00.000Z",
            "ce-subject=order-7",
            "ce-partitionkey=customer-3",
            "ce-priority=5",
            "ce-region=eu",
            "ce-replayof=evt-0",
            "ce-traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "ce-tracestate=vendor=1",
            "ce-urgent=true");
  }

  @Test
  void structured_hasAllInOneObject() {
    WebhookBody body = Samples.render(CLOUDEVENTS_STRUCTURED, Samples.full("{\"a\":1,\"a\":2}"));

    assertThat(body.contentType()).isEqualTo("application/cloudevents+json; charset=utf-8");
    assertThat(body.headers()).isEmpty();
    assertThat(Samples.text(body))
        .isEqualTo(
            """
            {"specversion":"1.0","id":"evt-1","source":"/shop","type":"order.paid",\
            "time":"2026-11-28T09:30:00.000Z","subject":"order-7","partitionkey":"customer-3",\
            "priority":5,"region":"eu","replayof":"evt-0",\
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
            "tracestate":"vendor=1","urgent":true,"data":{"a":1,"a":2}}\
            """);
  }

  @Test
  void eventWithoutSource_getsOne() {
    assertThat(Samples.render(CLOUDEVENTS, Samples.event("1")).headers())
        .containsEntry("ce-source", "sluice");
    assertThat(Samples.text(Samples.render(CLOUDEVENTS_STRUCTURED, Samples.event("1"))))
        .contains("\"source\":\"sluice\"");
  }

  @Test
  void attribute_isPercentEncodedInAHeader() {
    Event event =
        Samples.event("1", new Attributes(Map.of("subject", "Euro € \"😀\" 5%", "empty", "")));

    assertThat(Samples.render(CLOUDEVENTS, event).headers())
        .containsEntry("ce-subject", "Euro%20%E2%82%AC%20%22%F0%9F%98%80%22%205%25")
        .containsEntry("ce-empty", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "application/json                | {`a`:1}              | application/json                | {`a`:1}",
        "application/geo+json            | {`a`:1}              | application/geo+json            | {`a`:1}",
        "application/json; charset=UTF-8 | 1                    | application/json; charset=UTF-8 | 1",
        "application/json;charset=utf-16 | 1                    | application/json                | 1",
        "application/json                | {`data_base64`:`aGk=`} | application/json              | {`data_base64`:`aGk=`}",
        "image/png                       | {`data_base64`:`aGk=`} | image/png                     | hi",
        "image/png                       | {`data_base64`:`aGk`}  | application/json              | {`data_base64`:`aGk`}",
        "text/plain                      | `say \\`hi\\`\\n€`   | text/plain                      | say `hi`\\n€",
        "text/plain; charset=klingon     | `€`                  | text/plain; charset=utf-8       | €",
        "text/plain; charset=us-ascii    | `€`                  | text/plain; charset=utf-8       | €",
        "text/plain                      | `\\ud83d`            | text/plain; charset=utf-8       | \uFFFD",
        "application/xml                 | `<a/>`               | application/xml                 | <a/>",
        "application/octet-stream        | null                 | application/octet-stream        | ^^",
        "text/plain                      | {`a`:1}              | application/json                | {`a`:1}",
        "no media type                   | {`a`:1}              | application/json                | {`a`:1}",
        "text/pläin                      | `x`                  | application/json                | `x`",
        "application/cloudevents+json    | {`id`:1}             | application/json                | {`id`:1}",
        "application/cloudevents+avro    | {`data_base64`:`aGk=`} | application/octet-stream      | hi"
      })
  void binary_hasTheDataAsItCame(String declared, String payload, String contentType, String data) {
    WebhookBody body = Samples.render(CLOUDEVENTS, of(declared, payload.replace('`', '"')));

    assertThat(body.contentType()).isEqualTo(contentType);
    assertThat(Samples.text(body)).isEqualTo(data.replace('`', '"').replace("\\n", "\n"));
    assertThat(body.headers()).doesNotContainKey("ce-datacontenttype");
  }

  @Test
  void binaryDataWithoutContentType_isBytes() {
    WebhookBody body = Samples.render(CLOUDEVENTS, Samples.event("{\"data_base64\":\"AAH/\"}"));

    assertThat(body.contentType()).isEqualTo("application/octet-stream");
    assertThat(body.bytes()).containsExactly(0, 1, 0xFF);
  }

  @Test
  void textInItsCharset_hasItsBytes() {
    WebhookBody body = Samples.render(CLOUDEVENTS, of("text/plain; charset=iso-8859-1", "\"é\""));

    assertThat(body.contentType()).isEqualTo("text/plain; charset=iso-8859-1");
    assertThat(body.bytes()).isEqualTo("é".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void structured_hasBinaryDataInBase64() {
    assertThat(
            Samples.text(
                Samples.render(
                    CLOUDEVENTS_STRUCTURED, of("image/png", "{\"data_base64\":\"AAH/\"}"))))
        .endsWith("\"datacontenttype\":\"image/png\",\"data_base64\":\"AAH/\"}");
    assertThat(
            Samples.text(
                Samples.render(
                    CLOUDEVENTS_STRUCTURED, of("application/json", "{\"data_base64\":\"AAH/\"}"))))
        .endsWith("\"data\":{\"data_base64\":\"AAH/\"}}");
  }

  @Test
  void attributeThatIsTooLongForAHeader_isAReason() {
    Event event = Samples.event("1", new Attributes(Map.of("subject", "é".repeat(700))));

    assertThat(new WebhookBodies().render(event, Samples.BILLING, 1, Webhook.Body.of(CLOUDEVENTS)))
        .isEqualTo(
            new BodyResult.Unrenderable(
                "the attribute subject is too long for a header, which has at most 4096"
                    + " characters: use the format cloudevents-structured"));
    assertThat(Samples.render(CLOUDEVENTS_STRUCTURED, event).bytes()).isNotEmpty();
  }

  @Test
  void nameThatIsNoneOfCloudEvents_isLeftOut() {
    Event event = Samples.event("1", new Attributes(Map.of("X-Evil\r\n", "1", "id", "other")));

    assertThat(Samples.render(CLOUDEVENTS, event).headers())
        .containsEntry("ce-id", "evt-1")
        .hasSize(5);
  }

  @Test
  void priority_isAnIntegerExtension() {
    Event event = Samples.event("1", new Attributes(Map.of("priority_level", "9")));

    assertThat(Samples.text(Samples.render(CLOUDEVENTS_STRUCTURED, event)))
        .contains("\"priority\":9,");
    assertThat(Samples.render(CLOUDEVENTS, event).headers()).containsEntry("ce-priority", "9");
  }
}
