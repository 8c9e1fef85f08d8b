package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.signature.SignatureHeaders;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.subscription.Handshake;
import dev.sluice.format.webhook.BodyResult;
import dev.sluice.format.webhook.WebhookBodies;
import dev.sluice.format.webhook.WebhookBody;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the requests of attempts.
final class WebhookRequests {

  private static final List<String> TRACE = List.of(Attributes.TRACEPARENT, Attributes.TRACESTATE);

  private final WebhookBodies bodies = new WebhookBodies();
  private final InstantSource clock;
  private final String origin;

  /// @param origin names this service to receivers that were asked for their permission
  WebhookRequests(InstantSource clock, String origin) {
    this.clock = clock;
    this.origin = origin;
  }

  /// The request of an attempt, if there is one.
  sealed interface Written {

    /// It can be sent.
    record Request(WebhookRequest request) implements Written {}

    /// No request can be made of the event.
    ///
    /// @param reason a sentence that says why
    record Impossible(String reason) implements Written {}
  }

  /// Returns the request of an attempt.
  Written of(Receiver receiver, Event event, AttemptContext attempt) {
    return switch (bodies.render(
        event, attempt.subscription(), attempt.number(), receiver.webhook().body())) {
      case BodyResult.Rendered(WebhookBody body) ->
          new Written.Request(request(receiver, event, attempt, body));
      case BodyResult.Unrenderable(String reason) -> new Written.Impossible(reason);
    };
  }

  private WebhookRequest request(
      Receiver receiver, Event event, AttemptContext attempt, WebhookBody body) {
    Duration limit = attempt.timeout();
    return new WebhookRequest(
            receiver.url(),
            headers(receiver, event, attempt, body),
            body.bytes(),
            limit.compareTo(WebhookRequest.MAX_DEADLINE) < 0 ? limit : WebhookRequest.MAX_DEADLINE)
        .with(receiver.tls());
  }

  private Map<String, String> headers(
      Receiver receiver, Event event, AttemptContext attempt, WebhookBody body) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", body.contentType());
    headers.putAll(body.headers());
    headers.putAll(receiver.webhook().headers());
    receiver.credentials().ifPresent(one -> headers.put(one.getKey(), one.getValue()));
    Instant now = clock.instant();
    headers.putAll(
        SignatureHeaders.sign(event.id().value(), now, body.bytes(), receiver.keysAt(now))
            .byName());
    if (receiver.webhook().handshake() != Handshake.OFF) {
      headers.put(HandshakeCheck.ORIGIN_HEADER, origin);
    }
    headers.put("webhook-attempt", Integer.toString(attempt.number()));
    headers.put("webhook-hops", Integer.toString(event.attributes().hops() + 1));
    for (String name : TRACE) {
      String value = event.attributes().values().get(name);
      // A producer may write anything there; the event is worth more than its trace.
      if (value != null && WebhookRequest.problemWithHeader(name, value).isEmpty()) {
        headers.put(name, value);
      }
    }
    return headers;
  }
}
