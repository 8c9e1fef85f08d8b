package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.signature.SignatureHeaders;
import dev.sluice.adapter.webhook.signature.WebhookSecret;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the requests of attempts.
final class WebhookRequests {

  private static final List<String> TRACE = List.of(Attributes.TRACEPARENT, Attributes.TRACESTATE);

  private final InstantSource clock;

  WebhookRequests(InstantSource clock) {
    this.clock = clock;
  }

  /// Returns the request of an attempt.
  WebhookRequest of(Receiver receiver, Event event, AttemptContext attempt) {
    byte[] body = body(event);
    Duration limit = attempt.timeout();
    return new WebhookRequest(
        receiver.url(),
        headers(receiver, event, attempt, body),
        body,
        limit.compareTo(WebhookRequest.MAX_DEADLINE) < 0 ? limit : WebhookRequest.MAX_DEADLINE);
  }

  private static byte[] body(Event event) {
    return Json.write(
        json -> {
          json.writeStartObject();
          EventWriter.writeMembers(json, event);
          json.writeEndObject();
        });
  }

  private Map<String, String> headers(
      Receiver receiver, Event event, AttemptContext attempt, byte[] body) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    headers.putAll(receiver.webhook().headers());
    receiver.credentials().ifPresent(one -> headers.put(one.getKey(), one.getValue()));
    headers.putAll(signature(receiver, event, body));
    headers.put("webhook-attempt", Integer.toString(attempt.number()));
    for (String name : TRACE) {
      String value = event.attributes().values().get(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return headers;
  }

  private Map<String, String> signature(Receiver receiver, Event event, byte[] body) {
    var now = clock.instant();
    List<WebhookSecret> keys = receiver.keysAt(now);
    return SignatureHeaders.sign(event.id().value(), now, body, keys).byName();
  }
}
