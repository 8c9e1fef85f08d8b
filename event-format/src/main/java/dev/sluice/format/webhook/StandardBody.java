package dev.sluice.format.webhook;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.event.Event;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.io.IOException;

/// The standard format: `type`, `timestamp` and `data`, as Standard Webhooks recommend, and the
/// other members of the event under the names that they have in the API.
final class StandardBody {

  private StandardBody() {}

  static WebhookBody of(Event event) {
    return WebhookBody.ofJson(json(event));
  }

  static byte[] json(Event event) {
    return Json.write(json -> write(json, event));
  }

  private static void write(JsonGenerator json, Event event) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", event.type().value());
    EventWriter.writeTime(json, "timestamp", event.occurredAt());
    json.writeFieldName("data");
    json.writeRawValue(event.payload().json());
    json.writeStringField("event_id", event.id().value());
    EventWriter.writeTime(json, "received_at", event.receivedAt());
    EventWriter.writeAttributes(json, event.attributes());
    json.writeEndObject();
  }
}
