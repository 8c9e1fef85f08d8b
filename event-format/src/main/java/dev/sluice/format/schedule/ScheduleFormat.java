package dev.sluice.format.schedule;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.schedule.EventTemplate;
import dev.sluice.domain.schedule.ScheduleDefinition;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import dev.sluice.format.JsonCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// The JSON form of what an operator writes down about a schedule: in requests and in storages.
public final class ScheduleFormat {

  static final String CRON = "cron";
  static final String TIME_ZONE = "time_zone";
  static final String CATCH_UP = "catch_up";
  static final String ENABLED = "enabled";
  static final String EVENT = "event";
  static final String EVENT_TYPE = "event_type";
  static final String PAYLOAD = "payload";
  static final String PRIORITY = "priority";

  private ScheduleFormat() {}

  /// Writes a definition as the members of an object that has begun.
  public static void writeMembers(JsonGenerator json, ScheduleDefinition definition)
      throws IOException {
    json.writeStringField(CRON, definition.cron());
    json.writeStringField(TIME_ZONE, definition.zone().getId());
    json.writeStringField(CATCH_UP, definition.catchUp().wireName());
    json.writeBooleanField(ENABLED, definition.isEnabled());
    writeEvent(json, definition.event());
  }

  private static void writeEvent(JsonGenerator json, EventTemplate event) throws IOException {
    json.writeObjectFieldStart(EVENT);
    json.writeStringField(EVENT_TYPE, event.type().value());
    json.writeFieldName(PAYLOAD);
    json.writeRawValue(event.payload().json());
    EventWriter.writeAttributes(json, event.attributes());
    json.writeEndObject();
  }

  /// Returns a definition as a JSON object.
  static String write(ScheduleDefinition definition) {
    byte[] text =
        Json.write(
            json -> {
              json.writeStartObject();
              writeMembers(json, definition);
              json.writeEndObject();
            });
    return new String(text, StandardCharsets.UTF_8);
  }

  /// Reads the text of a definition from a storage.
  ///
  /// @throws dev.sluice.format.MalformedJsonException when it is not JSON or more text follows
  static ReadSchedule read(String text) {
    JsonCursor json = JsonCursor.document(text.getBytes(StandardCharsets.UTF_8));
    ReadSchedule read = read(json, _ -> false);
    json.requireEnd();
    return read;
  }

  /// Reads the next value, an object that contains a definition. Every unknown member, wrong type,
  /// unknown time zone and cron expression that is not understood is a problem; all are reported.
  ///
  /// @param others receives the names of members that are not part of a definition, such as `name`;
  ///   it reads the value from `json` and returns true, or returns false when there is no such
  ///   member
  /// @throws dev.sluice.format.MalformedJsonException when it is not JSON
  public static ReadSchedule read(JsonCursor json, Predicate<String> others) {
    return new ScheduleReader(json).read(others);
  }
}
