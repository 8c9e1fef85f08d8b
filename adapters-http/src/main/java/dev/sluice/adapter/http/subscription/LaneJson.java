package dev.sluice.adapter.http.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.format.EventWriter;
import java.io.IOException;
import java.util.List;

/// The JSON form of lanes.
final class LaneJson {

  private LaneJson() {}

  static void write(JsonGenerator json, List<LaneView> lanes) throws IOException {
    json.writeStartArray();
    for (LaneView lane : lanes) {
      json.writeStartObject();
      writeMembers(json, lane);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// Writes a list of one lane.
  ///
  /// @param behind the events of the first deliveries behind the head
  static void write(JsonGenerator json, LaneView lane, List<EventId> behind) throws IOException {
    json.writeStartArray();
    json.writeStartObject();
    writeMembers(json, lane);
    json.writeArrayFieldStart("events_behind");
    for (EventId event : behind) {
      json.writeString(event.value());
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void writeMembers(JsonGenerator json, LaneView lane) throws IOException {
    json.writeStringField("key", lane.id().key());
    json.writeBooleanField("blocked", lane.isBlocked());
    json.writeStringField("head", lane.head().value());
    json.writeStringField("state", lane.state().status().wireName());
    json.writeNumberField("attempts", lane.state().attempts().spent());
    json.writeNumberField("behind", lane.behind());
    EventWriter.writeTime(json, "since", lane.state().enteredAt());
    switch (lane.state()) {
      case DeliveryState.Failed failed -> writeError(json, failed.cause());
      case DeliveryState.Retrying retrying -> {
        EventWriter.writeTime(json, "next_attempt_at", retrying.dueAt());
        writeError(json, retrying.lastFailure());
      }
      case DeliveryState.Received received ->
          EventWriter.writeTime(json, "next_attempt_at", received.dueAt());
      default -> {
        // No further members.
      }
    }
  }

  private static void writeError(JsonGenerator json, FailureCause cause) throws IOException {
    json.writeObjectFieldStart("last_error");
    json.writeStringField("error", cause.error());
    json.writeStringField("message", cause.message());
    json.writeEndObject();
  }

  static void writeDone(JsonGenerator json, LaneId lane, EventId head) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", lane.key());
    json.writeStringField("head", head.value());
    json.writeEndObject();
  }

  /// @param changed number of lanes to which an action was applied
  /// @param left number of lanes that are still blocked
  static void writeDone(JsonGenerator json, int changed, long left) throws IOException {
    json.writeStartObject();
    json.writeNumberField("changed", changed);
    json.writeNumberField("blocked_left", left);
    json.writeEndObject();
  }
}
