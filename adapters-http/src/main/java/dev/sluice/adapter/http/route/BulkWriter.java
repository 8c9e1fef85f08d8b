package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.application.operate.BulkOperations.Planned;
import dev.sluice.application.operate.BulkPlanner;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.AttemptRange;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.subscription.Backfill;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.EventWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/// Writes plans and jobs as the API shows them.
final class BulkWriter {

  private BulkWriter() {}

  static void write(JsonGenerator json, Planned planned) throws IOException {
    json.writeStartObject();
    json.writeStringField("token", planned.plan().token());
    writeAction(json, planned.plan().action());
    writeFilter(json, planned.filter(), false);
    writeBackfill(json, planned.plan(), false);
    json.writeNumberField("count", planned.matching());
    json.writeNumberField("qualifying", planned.plan().qualifying());
    json.writeNumberField("estimate_seconds", planned.estimate().toSeconds());
    EventWriter.writeTime(json, "planned_at", planned.plan().plannedAt());
    EventWriter.writeTime(
        json, "expires_at", planned.plan().plannedAt().plus(BulkPlanner.PLANS_LAST));
    json.writeArrayFieldStart("sample");
    for (EventSummary event : planned.sample()) {
      writeSample(json, event);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeSample(JsonGenerator json, EventSummary event) throws IOException {
    json.writeStartObject();
    json.writeStringField("event_id", event.event().id().value());
    json.writeStringField("event_type", event.event().type().value());
    json.writeStringField("status", event.status().wireName());
    json.writeNumberField("attempts", event.attempts());
    EventWriter.writeTime(json, "received_at", event.event().receivedAt());
    json.writeEndObject();
  }

  /// @param hidesPayloads whether to omit the text that the filter searches payloads for
  static void write(JsonGenerator json, BulkJob job, boolean hidesPayloads) throws IOException {
    json.writeStartObject();
    writeMembers(json, job, hidesPayloads);
    json.writeEndObject();
  }

  static void writeMembers(JsonGenerator json, BulkJob job, boolean hidesPayloads)
      throws IOException {
    json.writeStringField("id", job.plan().id());
    writeAction(json, job.plan().action());
    json.writeStringField("state", job.state().wireName());
    writeFilter(json, job.plan().filter(), hidesPayloads);
    writeBackfill(json, job.plan(), hidesPayloads);
    writeProgress(json, job);
    if (job.ratePerSecond() > 0) {
      json.writeNumberField("rate_per_second", job.ratePerSecond());
    }
    json.writeStringField("planned_by", job.plan().plannedBy());
    EventWriter.writeTime(json, "planned_at", job.plan().plannedAt());
    json.writeStringField("started_by", job.startedBy());
    writeTime(json, "started_at", job.startedAt());
    writeTime(json, "ended_at", job.endedAt());
  }

  /// Writes what a back-fill delivers, with the member names of its request.
  private static void writeBackfill(JsonGenerator json, BulkPlan plan, boolean hidesFilter)
      throws IOException {
    if (plan.backfill().isEmpty()) {
      return;
    }
    Backfill backfill = plan.backfill().get();
    json.writeObjectFieldStart("backfill");
    json.writeStringField("subscription", backfill.subscription().value());
    writeTimes(json, "since", "until", plan.filter());
    if (backfill.further().isPresent() && !hidesFilter) {
      json.writeFieldName("filter");
      json.writeRawValue(backfill.further().get().json());
    }
    json.writeEndObject();
  }

  private static void writeProgress(JsonGenerator json, BulkJob job) throws IOException {
    json.writeNumberField("qualifying", job.plan().qualifying());
    json.writeNumberField("done", job.done());
    json.writeNumberField("skipped", job.skipped());
    json.writeNumberField(
        "remaining", Math.max(0, job.plan().qualifying() - job.done() - job.skipped()));
  }

  private static void writeTime(JsonGenerator json, String name, Optional<Instant> time)
      throws IOException {
    if (time.isPresent()) {
      EventWriter.writeTime(json, name, time.get());
    }
  }

  /// Writes a filter with the member names of a request.
  private static void writeFilter(JsonGenerator json, EventFilter filter, boolean hidesText)
      throws IOException {
    json.writeObjectFieldStart("filter");
    writeAll(json, "status", filter.statuses(), EventStatus::wireName);
    writeAll(json, "event_type", filter.types(), EventType::value);
    writeAll(json, "key", filter.keys(), Function.identity());
    writeAll(json, "subscription", filter.subscriptions(), SubscriptionName::value);
    writeAll(json, "error", filter.errors(), ErrorFingerprint::toString);
    writeTimes(json, "start", "end", filter);
    writeAttempts(json, filter.attempts());
    if (!filter.text().isEmpty() && !hidesText) {
      json.writeStringField("text", filter.text());
    }
    json.writeEndObject();
  }

  private static <T> void writeAll(
      JsonGenerator json, String name, Collection<T> values, Function<T, String> text)
      throws IOException {
    if (!values.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (String value : values.stream().map(text).sorted().toList()) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  private static void writeTimes(JsonGenerator json, String from, String to, EventFilter filter)
      throws IOException {
    if (!filter.occurredFrom().equals(Instant.MIN)) {
      EventWriter.writeTime(json, from, filter.occurredFrom());
    }
    if (!filter.occurredTo().equals(Instant.MAX)) {
      EventWriter.writeTime(json, to, filter.occurredTo());
    }
  }

  private static void writeAttempts(JsonGenerator json, AttemptRange attempts) throws IOException {
    if (!attempts.equals(AttemptRange.ANY)) {
      String most = attempts.most() == Integer.MAX_VALUE ? "" : String.valueOf(attempts.most());
      json.writeStringField("attempts", attempts.least() + ".." + most);
    }
  }

  private static void writeAction(JsonGenerator json, BulkAction action) throws IOException {
    json.writeStringField("action", action.wireName());
    if (action.place() == LanePlace.HEAD) {
      json.writeStringField("position", "head");
    }
  }
}
