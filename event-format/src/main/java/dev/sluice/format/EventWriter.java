package dev.sluice.format;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Writes events as the API shows them.
public final class EventWriter {

  private static final List<String> NAMED =
      List.of(
          Attributes.SOURCE,
          Attributes.SUBJECT,
          Attributes.KEY,
          Attributes.TRACEPARENT,
          Attributes.TRACESTATE,
          Attributes.DELIVER_AT,
          Attributes.EXPIRES_AT,
          Attributes.REPLAY_OF);
  private static final Set<String> NAMED_SET = Set.copyOf(NAMED);

  private EventWriter() {}

  /// Writes an event without its deliveries, as in responses to producers and in lists.
  ///
  /// @param payload how the payload is shown
  public static void write(JsonGenerator json, EventSummary summary, PayloadView payload)
      throws IOException {
    json.writeStartObject();
    writeMembers(json, summary, payload);
    json.writeEndObject();
  }

  /// Writes an event with the names of the subscriptions that it was routed to, as in the response
  /// to its producer.
  public static void writeRouted(JsonGenerator json, EventSummary summary) throws IOException {
    json.writeStartObject();
    writeMembers(json, summary, PayloadView.WHOLE);
    new RoutedSubscriptions().write(json, summary.deliveries());
    json.writeEndObject();
  }

  /// Writes an event with its deliveries and their attempts.
  ///
  /// @param payload how the payload, and the bodies of responses, are shown
  public static void write(JsonGenerator json, EventRecord found, PayloadView payload)
      throws IOException {
    json.writeStartObject();
    writeMembers(json, found.summary(), payload);
    if (found.routedBy() > 0) {
      json.writeNumberField("routed_by", found.routedBy());
    }
    json.writeArrayFieldStart("deliveries");
    List<DeliverySnapshot> deliveries = found.summary().deliveries();
    for (int index = 0; index < deliveries.size(); index++) {
      writeDelivery(json, deliveries.get(index), found.history().get(index).attempts(), payload);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeMembers(JsonGenerator json, EventSummary summary, PayloadView payload)
      throws IOException {
    Event event = summary.event();
    writeHead(json, event);
    json.writeStringField("status", summary.status().wireName());
    json.writeNumberField("attempts", summary.attempts());
    writeContent(json, event, payload);
    var next = summary.nextAttemptAt();
    if (next.isPresent()) {
      writeTime(json, "next_attempt_at", next.get());
    }
    if (summary.attempts() > 0) {
      writeProgress(json, summary);
    }
  }

  /// Writes what a producer sent into an open object.
  public static void writeMembers(JsonGenerator json, Event event) throws IOException {
    writeHead(json, event);
    writeContent(json, event, PayloadView.WHOLE);
  }

  private static void writeHead(JsonGenerator json, Event event) throws IOException {
    json.writeStringField("event_id", event.id().value());
    json.writeStringField("event_type", event.type().value());
    writeTime(json, "occurred_at", event.occurredAt());
    writeTime(json, "received_at", event.receivedAt());
  }

  private static void writeContent(JsonGenerator json, Event event, PayloadView payload)
      throws IOException {
    writePayload(json, event, payload);
    writeAttributes(json, event.attributes());
  }

  private static void writePayload(JsonGenerator json, Event event, PayloadView payload)
      throws IOException {
    switch (payload) {
      case WHOLE -> {
        json.writeFieldName("payload");
        json.writeRawValue(event.payload().json());
      }
      case HIDDEN -> json.writeBooleanField("payload_hidden", true);
      case LEFT_OUT -> {}
    }
  }

  /// Writes attributes into an open object, those without a name of their own under `extensions`.
  public static void writeAttributes(JsonGenerator json, Attributes attributes) throws IOException {
    if (attributes.values().isEmpty()) {
      return;
    }
    for (String name : NAMED) {
      String value = attributes.values().get(name);
      if (value != null) {
        json.writeStringField(name, value);
      }
    }
    if (!attributes.priority().isDefault()) {
      json.writeNumberField("priority", attributes.priority().level());
    }
    writeExtensions(json, attributes);
  }

  /// Returns whether an attribute stands under `extensions`.
  public static boolean isExtension(String name) {
    return !NAMED_SET.contains(name) && !name.equals(Attributes.PRIORITY);
  }

  private static void writeExtensions(JsonGenerator json, Attributes attributes)
      throws IOException {
    var extensions = new TreeMap<>(attributes.values());
    extensions.keySet().removeIf(name -> !isExtension(name));
    if (!extensions.isEmpty()) {
      json.writeObjectFieldStart("extensions");
      for (Map.Entry<String, String> extension : extensions.entrySet()) {
        json.writeFieldName(extension.getKey());
        if (attributes.unquoted().contains(extension.getKey())) {
          json.writeRawValue(extension.getValue());
        } else {
          json.writeString(extension.getValue());
        }
      }
      json.writeEndObject();
    }
  }

  private static void writeProgress(JsonGenerator json, EventSummary summary) throws IOException {
    var completed = summary.completedAt();
    if (completed.isPresent()) {
      writeTime(json, "completed_at", completed.get());
    }
    var error = summary.lastError();
    if (error.isPresent()) {
      writeError(json, "last_error", error.get());
    }
  }

  private static void writeDelivery(
      JsonGenerator json,
      DeliverySnapshot delivery,
      List<Attempt> attempts,
      PayloadView responseBodies)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("subscription", delivery.subscription().value());
    json.writeStringField("status", delivery.state().status().wireName());
    switch (delivery.state()) {
      case DeliveryState.Waiting waiting -> writeTime(json, "next_attempt_at", waiting.dueAt());
      case DeliveryState.Processing processing ->
          writeTime(json, "lease_expires_at", processing.lease().expiresAt());
      case DeliveryState.Finished finished -> writeTime(json, "finished_at", finished.finishedAt());
    }
    json.writeArrayFieldStart("attempts");
    for (Attempt attempt : attempts) {
      json.writeStartObject();
      writeAttempt(json, attempt, responseBodies);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Writes an attempt in the list of the newest ones of a subscription.
  ///
  /// @param responseBody how the body of the response is shown
  public static void write(JsonGenerator json, RecentAttempt recent, PayloadView responseBody)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("event_id", recent.event().value());
    json.writeStringField("event_type", recent.type().value());
    writeAttempt(json, recent.attempt(), responseBody);
    json.writeEndObject();
  }

  private static void writeAttempt(JsonGenerator json, Attempt attempt, PayloadView responseBody)
      throws IOException {
    json.writeNumberField("number", attempt.number());
    json.writeStringField("worker", attempt.worker().value());
    writeTime(json, "started_at", attempt.startedAt());
    if (attempt.subscriptionVersion() > 0) {
      json.writeNumberField("subscription_version", attempt.subscriptionVersion());
    }
    switch (attempt.end()) {
      case Attempt.StillRunning() -> json.writeStringField("outcome", "running");
      case Attempt.Succeeded(Instant at) -> writeEnd(json, "succeeded", attempt, at);
      case Attempt.HandedBack(Instant at) -> writeEnd(json, "handed_back", attempt, at);
      case Attempt.FailedWith(Instant at, FailureCause cause) -> {
        writeEnd(json, outcomeName(cause.kind()), attempt, at);
        writeError(json, "error", cause);
      }
    }
    ResponseWriter.writeMember(json, attempt.response(), responseBody);
  }

  /// Returns the name of this kind of failure in attempts and metrics.
  public static String outcomeName(FailureCause.Kind kind) {
    return switch (kind) {
      case HANDLER -> "failed";
      case TIMEOUT -> "timed_out";
      case ABANDONED -> "abandoned";
    };
  }

  private static void writeEnd(JsonGenerator json, String outcome, Attempt attempt, Instant at)
      throws IOException {
    json.writeStringField("outcome", outcome);
    writeTime(json, "ended_at", at);
    json.writeNumberField(
        "duration_ms", Math.max(0, at.toEpochMilli() - attempt.startedAt().toEpochMilli()));
  }

  private static void writeError(JsonGenerator json, String name, FailureCause cause)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("error", cause.error());
    json.writeStringField("message", cause.message());
    json.writeEndObject();
  }

  public static void writeTime(JsonGenerator json, String name, Instant time) throws IOException {
    json.writeStringField(name, Timestamps.format(time));
  }
}
