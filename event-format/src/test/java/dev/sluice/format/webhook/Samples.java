package dev.sluice.format.webhook;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.WebhookFormat;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.ReadEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Events to render, and what becomes of them.
final class Samples {

  static final Instant OCCURRED = Instant.parse("2026-11-28T09:30:00Z");
  static final Instant RECEIVED = Instant.parse("2026-11-28T09:30:00.125Z");
  static final SubscriptionName BILLING = new SubscriptionName("billing");

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Samples() {}

  static Event event(String payload) {
    return event(payload, Attributes.NONE);
  }

  static Event event(String payload, Attributes attributes) {
    return new Event(
        new EventId("evt-1"),
        new EventType("order.paid"),
        OCCURRED,
        RECEIVED,
        new Payload(payload),
        attributes);
  }

  /// Returns an event that has every attribute.
  static Event full(String payload) {
    return event(
        payload,
        new Attributes(
            Map.of(
                "source", "/shop",
                "subject", "order-7",
                "key", "customer-3",
                "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "tracestate", "vendor=1",
                "replay_of", "evt-0",
                "priority_level", "7",
                "region", "eu",
                "priority", "5",
                "urgent", "true"),
            Set.of("priority", "urgent")));
  }

  static WebhookBody render(WebhookFormat format, Event event) {
    return rendered(new WebhookBodies().render(event, BILLING, 1, Webhook.Body.of(format)));
  }

  static BodyResult result(String template, Event event) {
    return new WebhookBodies()
        .render(event, BILLING, 3, new Webhook.Body(WebhookFormat.TEMPLATE, Optional.of(template)));
  }

  /// Returns what a template that must fit makes of an event.
  static String render(String template, Event event) {
    return text(rendered(result(template, event)));
  }

  private static WebhookBody rendered(BodyResult result) {
    return switch (result) {
      case BodyResult.Rendered(WebhookBody body) -> body;
      case BodyResult.Unrenderable(String reason) -> throw new AssertionError(reason);
    };
  }

  static String text(WebhookBody body) {
    return new String(body.bytes(), StandardCharsets.UTF_8);
  }

  /// Returns what Jackson reads from a text that must be JSON.
  static JsonNode json(String text) throws IOException {
    return MAPPER.readTree(text);
  }

  static JsonNode json(WebhookBody body) throws IOException {
    return json(text(body));
  }

  /// Returns the event that was read, as Sluice would store it.
  static Event stored(ReadEvent read) {
    return switch (read) {
      case ReadEvent.Valid(EventDraft draft) ->
          new Event(
              draft.id().orElseThrow(),
              draft.type(),
              draft.occurredAt().orElseThrow(),
              RECEIVED,
              draft.payload(),
              draft.attributes());
      case ReadEvent.Invalid(List<FieldProblem> problems) ->
          throw new AssertionError(problems.toString());
    };
  }
}
