package dev.sluice.adapter.http.schedule;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.application.recurring.ManageSchedules;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import dev.sluice.format.Timestamps;
import dev.sluice.format.schedule.ScheduleFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A schedule in responses.
///
/// @param schedules knows the next ticks
record ScheduleJson(ManageSchedules schedules) {

  private static final int NEXT_TICKS = 5;

  byte[] of(Schedule schedule) {
    return Json.write(json -> write(json, schedule));
  }

  void write(JsonGenerator json, Schedule schedule) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", schedule.name().value());
    json.writeNumberField("version", schedule.version());
    json.writeStringField("changed_by", schedule.changedBy());
    EventWriter.writeTime(json, "changed_at", schedule.changedAt());
    ScheduleFormat.writeMembers(json, schedule.definition());
    List<Instant> next = schedules.nextTicks(schedule, NEXT_TICKS);
    writeTick(json, "last_tick", schedule.progress().lastTick());
    writeTick(json, "next_tick", next.stream().findFirst());
    json.writeArrayFieldStart("next_ticks");
    for (Instant tick : next) {
      json.writeString(Timestamps.format(tick));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeTick(JsonGenerator json, String name, Optional<Instant> tick)
      throws IOException {
    if (tick.isPresent()) {
      EventWriter.writeTime(json, name, tick.get());
    } else {
      json.writeNullField(name);
    }
  }
}
