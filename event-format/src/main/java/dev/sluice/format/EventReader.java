package dev.sluice.format;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads an event in Sluice's own format. The payload is kept as it was written: it is validated,
/// but never rebuilt.
public final class EventReader {

  private static final String DELAY = "delay";
  private static final String EXPIRES_AFTER = "expires_after";
  private static final String PRIORITY = "priority";

  private static final List<String> MEMBERS =
      List.of(
          "payload",
          "event_id",
          "event_type",
          "type",
          "occurred_at",
          "timestamp",
          Attributes.SOURCE,
          Attributes.SUBJECT,
          Attributes.KEY,
          Attributes.TRACEPARENT,
          Attributes.TRACESTATE,
          Attributes.DELIVER_AT,
          DELAY,
          Attributes.EXPIRES_AT,
          EXPIRES_AFTER,
          PRIORITY);

  /// A member that every CloudEvent has, and no event in this format.
  private static final String CLOUD_EVENT = "specversion";

  private final JsonCursor json;
  private final DraftBuilder draft;

  /// One bit for each of [#MEMBERS].
  private int seen;

  private boolean isCloudEvent;

  private EventReader(JsonCursor json, TraceContext trace) {
    this.json = json;
    this.draft = new DraftBuilder(trace);
  }

  /// Reads a text that contains exactly one event.
  ///
  /// @param trace context for an event without one of its own
  /// @throws MalformedJsonException when it is not JSON or more text follows the event
  public static ReadEvent readDocument(byte[] text, TraceContext trace) {
    return JsonEvents.readDocument(text, trace, EventReader::read);
  }

  /// Reads the next value as an event.
  ///
  /// @param trace context for an event without one of its own
  /// @throws MalformedJsonException when it is not JSON
  public static ReadEvent read(JsonCursor json, TraceContext trace) {
    return new EventReader(json, trace).read();
  }

  private ReadEvent read() {
    if (!JsonEvents.readMembers(json, this::readMember)) {
      return invalid("", "an event must be a JSON object");
    }
    return isCloudEvent
        ? invalid(
            "/" + CLOUD_EVENT,
            "this looks like a CloudEvent: send it as application/cloudevents+json, and several as"
                + " application/cloudevents-batch+json")
        : draft.build("/payload");
  }

  private static ReadEvent invalid(String pointer, String detail) {
    return new ReadEvent.Invalid(List.of(new FieldProblem(pointer, detail)));
  }

  private void readMember(String name) {
    int member = MEMBERS.indexOf(name);
    if (member < 0) {
      isCloudEvent |= name.equals(CLOUD_EVENT);
      json.skip();
      draft.problem(JsonEvents.pointerTo(name), "is not a member of an event");
    } else if ((seen & 1 << member) != 0) {
      json.skip();
      draft.problem("/" + name, "is given twice");
    } else {
      seen |= 1 << member;
      readKnown(name);
    }
  }

  private void readKnown(String name) {
    String pointer = "/" + name;
    switch (name) {
      case "payload" -> draft.payload(json.raw());
      case "event_id" -> string(pointer).ifPresent(id -> draft.id(pointer, id));
      case "event_type", "type" -> string(pointer).ifPresent(type -> draft.type(pointer, type));
      case "occurred_at", "timestamp" -> draft.occurredAt(pointer, time());
      case Attributes.DELIVER_AT -> draft.deliverAt(pointer, time());
      case Attributes.EXPIRES_AT -> draft.expiresAt(pointer, time());
      case EXPIRES_AFTER -> string(pointer).ifPresent(text -> draft.expiresAfter(pointer, text));
      case PRIORITY -> draft.priority(pointer, priority());
      case DELAY -> string(pointer).ifPresent(text -> draft.delay(pointer, text));
      default -> string(pointer).ifPresent(value -> draft.attribute(pointer, name, value));
    }
  }

  private Optional<Instant> time() {
    return switch (json.kind()) {
      case STRING -> Timestamps.parse(json.string());
      case NUMBER -> Timestamps.ofEpoch(json.raw());
      case OBJECT, ARRAY, TRUE, FALSE, NULL -> {
        json.skip();
        yield Optional.empty();
      }
    };
  }

  private Optional<Priority> priority() {
    if (json.kind() == JsonCursor.Kind.NUMBER) {
      return Priority.of(json.raw());
    }
    json.skip();
    return Optional.empty();
  }

  private Optional<String> string(String pointer) {
    if (json.kind() == JsonCursor.Kind.STRING) {
      return Optional.of(json.string());
    }
    json.skip();
    draft.problem(pointer, "must be a string");
    return Optional.empty();
  }
}
