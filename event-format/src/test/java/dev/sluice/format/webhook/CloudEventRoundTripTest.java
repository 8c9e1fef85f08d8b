package dev.sluice.format.webhook;

import static dev.sluice.domain.subscription.WebhookFormat.CLOUDEVENTS;
import static dev.sluice.domain.subscription.WebhookFormat.CLOUDEVENTS_STRUCTURED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.event.Event;
import dev.sluice.format.CloudEventAttributes;
import dev.sluice.format.CloudEventData;
import dev.sluice.format.CloudEventReader;
import dev.sluice.format.DraftBuilder;
import dev.sluice.format.TraceContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A CloudEvent that Sluice sends is the one that it received.
final class CloudEventRoundTripTest {

  private static final String HEAD =
      "{\"specversion\":\"1.0\",\"id\":\"e 1\",\"source\":\"/s\",\"type\":\"t\","
          + "\"time\":\"2026-11-28T09:30:00.123Z\",";

  private static Event received(String rest) {
    return structured((HEAD + rest).getBytes(StandardCharsets.UTF_8));
  }

  private static Event structured(byte[] text) {
    return Samples.stored(CloudEventReader.readDocument(text, TraceContext.NONE));
  }

  /// Reads binary mode as the HTTP adapter does.
  private static Event binary(WebhookBody body) {
    var draft = new DraftBuilder(TraceContext.NONE);
    var attributes = new CloudEventAttributes(draft);
    body.headers()
        .forEach(
            (name, value) ->
                attributes.put(
                    name,
                    name.substring("ce-".length()),
                    URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8)));
    attributes.put("content-type", "datacontenttype", body.contentType());
    CloudEventData.read(Optional.of(body.contentType()), body.bytes(), draft);
    attributes.requireAll("ce-");
    return Samples.stored(draft.build(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"data\":{\"a\":1,\"a\":2,\"n\":1e400}}",
        "\"subject\":\"Euro € \\\"😀\\\" 5%\",\"data\":null}",
        "\"partitionkey\":\"k\",\"priority\":5,\"urgent\":false,\"empty\":\"\",\"data\":[]}",
        "\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\",\"data\":1}",
        "\"deliverat\":\"2026-12-28T09:30:00.123Z\",\"data\":1}",
        "\"priority\":9,\"data\":1}",
        "\"priority\":\"0\",\"data\":1}",
        "\"priority\":\"high\",\"data\":1}",
        "\"expirytime\":\"2026-12-28T09:30:00.123Z\",\"data\":1}",
        "\"datacontenttype\":\"text/plain\",\"data\":\"say \\\"hi\\\"\"}",
        "\"datacontenttype\":\"image/png\",\"data_base64\":\"AAH/\"}",
        "\"datacontenttype\":\"image/png\"}",
        "\"datacontenttype\":\"application/json\",\"data\":{\"data_base64\":\"AAH/\"}}",
        "\"data_base64\":\"AAH/\"}",
        "\"datacontenttype\":\"application/octet-stream\",\"data_base64\":\"\"}",
        "\"dataschema\":\"https://a.test/s\"}"
      })
  void structured_isTheSame(String rest) {
    Event event = received(rest);

    assertThat(structured(Samples.render(CLOUDEVENTS_STRUCTURED, event).bytes())).isEqualTo(event);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"datacontenttype\":\"application/json\",\"data\":{\"a\":1,\"a\":2,\"n\":1e400}}",
        "\"datacontenttype\":\"application/json\",\"subject\":\"Euro € \\\"😀\\\" 5% +\",\"data\":1}",
        "\"datacontenttype\":\"application/json\",\"partitionkey\":\"k\",\"empty\":\"\"}",
        "\"datacontenttype\":\"application/json\",\"data\":{\"data_base64\":\"AAH/\"}}",
        "\"datacontenttype\":\"text/plain\",\"data\":\"say \\\"hi\\\"\"}",
        "\"datacontenttype\":\"text/plain; charset=iso-8859-1\",\"data\":\"é\"}",
        "\"datacontenttype\":\"application/xml\",\"data\":\"<a/>\"}",
        "\"datacontenttype\":\"image/png\",\"data_base64\":\"AAH/\"}",
        "\"datacontenttype\":\"image/png\"}"
      })
  void binary_isTheSame(String rest) {
    Event event = received(rest);

    assertThat(binary(Samples.render(CLOUDEVENTS, event))).isEqualTo(event);
  }
}
