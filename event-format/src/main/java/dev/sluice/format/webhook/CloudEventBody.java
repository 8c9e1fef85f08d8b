package dev.sluice.format.webhook;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.format.CloudEventAttributes;
import dev.sluice.format.CloudEventData;
import dev.sluice.format.CloudEventPayload;
import dev.sluice.format.ContentType;
import dev.sluice.format.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// CloudEvents 1.0 over HTTP, in binary and in structured mode.
final class CloudEventBody {

  private static final String STRUCTURED = "application/cloudevents+json; charset=utf-8";
  private static final String CONTENT_TYPE = "datacontenttype";

  /// Longer values are refused by the client, and by most receivers.
  private static final int MAX_HEADER = 4_096;

  private CloudEventBody() {}

  /// Renders the payload as the body, and the attributes as headers (HTTP binding, 3.1).
  static BodyResult binary(Event event) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> attribute : CloudEventContext.of(event).values().entrySet()) {
      String name = attribute.getKey();
      String value = PercentEncoding.ofHeader(attribute.getValue());
      if (name.equals(CONTENT_TYPE)) {
        continue;
      }
      if (value.length() > MAX_HEADER) {
        return new BodyResult.Unrenderable(tooLong(name));
      }
      headers.put("ce-" + name, value);
    }
    CloudEventPayload data = CloudEventPayload.of(event);
    return new BodyResult.Rendered(new WebhookBody(data.contentType(), headers, data.bytes()));
  }

  private static String tooLong(String name) {
    return "the attribute "
        + name
        + " is too long for a header, which has at most "
        + MAX_HEADER
        + " characters: use the format cloudevents-structured";
  }

  /// Renders all as one JSON object (JSON format, 2 and 3).
  static WebhookBody structured(Event event) {
    byte[] json =
        Json.write(
            target -> {
              target.writeStartObject();
              writeContext(target, event);
              writeData(target, event);
              target.writeEndObject();
            });
    return new WebhookBody(STRUCTURED, Map.of(), json);
  }

  private static void writeContext(JsonGenerator json, Event event) throws IOException {
    for (Map.Entry<String, String> attribute : CloudEventContext.of(event).values().entrySet()) {
      json.writeFieldName(attribute.getKey());
      if (isUnquoted(attribute.getKey(), event.attributes())) {
        json.writeRawValue(attribute.getValue());
      } else {
        json.writeString(attribute.getValue());
      }
    }
  }

  private static boolean isUnquoted(String name, Attributes attributes) {
    boolean isOwn = !attributes.values().containsKey(name);
    return isOwn
        ? name.equals(CloudEventAttributes.PRIORITY)
        : attributes.unquoted().contains(name);
  }

  private static void writeData(JsonGenerator json, Event event) throws IOException {
    Optional<byte[]> binary =
        isJson(event) ? Optional.empty() : CloudEventData.binary(event.payload());
    if (binary.isPresent()) {
      json.writeStringField("data_base64", Base64.getEncoder().encodeToString(binary.get()));
    } else {
      json.writeFieldName("data");
      json.writeRawValue(event.payload().json());
    }
  }

  private static boolean isJson(Event event) {
    return Optional.ofNullable(event.attributes().values().get(CONTENT_TYPE))
        .map(ContentType::parse)
        .filter(ContentType::isJson)
        .isPresent();
  }
}
