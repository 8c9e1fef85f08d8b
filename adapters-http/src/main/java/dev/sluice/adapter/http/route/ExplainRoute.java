package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.subscription.PauseJson;
import dev.sluice.adapter.http.subscription.ReceiverJson;
import dev.sluice.application.operate.Explanation;
import dev.sluice.application.operate.Explanation.OfDelivery;
import dev.sluice.application.operate.Explanation.Why;
import dev.sluice.application.operate.Explanations;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// `GET /events/{id}/explain`: why an event is in its current state, for people and programs.
final class ExplainRoute {

  private final Explanations explanations;

  ExplainRoute(Explanations explanations) {
    this.explanations = explanations;
  }

  void get(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    EventId id = EventRoutes.idOf(exchange).orElseThrow(() -> EventRoutes.unknown(exchange));
    Explanation found = explanations.explain(id).orElseThrow(() -> EventRoutes.unknown(exchange));
    exchange.json(200, Json.write(json -> write(json, found)));
  }

  private static void write(JsonGenerator json, Explanation explanation) throws IOException {
    json.writeStartObject();
    json.writeStringField("event_id", explanation.event().event().id().value());
    json.writeStringField("status", explanation.event().status().wireName());
    json.writeStringField("sentence", explanation.sentence());
    json.writeArrayFieldStart("deliveries");
    for (OfDelivery delivery : explanation.deliveries()) {
      json.writeStartObject();
      write(json, delivery);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, OfDelivery one) throws IOException {
    DeliveryState state = one.delivery().state();
    json.writeStringField("subscription", one.delivery().subscription().value());
    json.writeStringField("state", state.status().wireName());
    json.writeStringField("reason", reason(one.why()));
    json.writeStringField("sentence", one.sentence());
    json.writeNumberField("attempts", state.attempts().spent());
    json.writeNumberField("max_attempts", one.mostAttempts());
    EventWriter.writeTime(json, "entered_at", state.enteredAt());
    writeState(json, state);
    writeWhy(json, one.why());
  }

  private static String reason(Why why) {
    return switch (why) {
      case Why.NotDue _ -> "not_due";
      case Why.InLane lane -> lane.lane().isBlocked() ? "lane_blocked" : "behind_in_lane";
      case Why.Paused _ -> "paused";
      case Why.RateLimited _ -> "rate_limited";
      case Why.ReceiverBusy _ -> "receiver_busy";
      case Why.InLine _ -> "in_line";
      case Why.StartsNow _ -> "starts_now";
      case Why.InWork _ -> "in_work";
      case Why.Finished _ -> "finished";
    };
  }

  private static void writeState(JsonGenerator json, DeliveryState state) throws IOException {
    switch (state) {
      case DeliveryState.Waiting waiting -> {
        EventWriter.writeTime(json, "next_attempt_at", waiting.dueAt());
        if (waiting instanceof DeliveryState.Retrying retrying) {
          writeError(json, retrying.lastFailure());
        }
      }
      case DeliveryState.Processing processing -> writeLease(json, processing.lease());
      case DeliveryState.Finished finished -> {
        EventWriter.writeTime(json, "finished_at", finished.finishedAt());
        if (finished instanceof DeliveryState.Failed failed) {
          writeError(json, failed.cause());
        }
      }
    }
  }

  private static void writeLease(JsonGenerator json, Lease lease) throws IOException {
    json.writeStringField("worker", lease.worker().value());
    EventWriter.writeTime(json, "started_at", lease.startedAt());
    EventWriter.writeTime(json, "lease_expires_at", lease.expiresAt());
  }

  private static void writeError(JsonGenerator json, FailureCause cause) throws IOException {
    json.writeObjectFieldStart("last_error");
    json.writeStringField("error", cause.error());
    json.writeStringField("message", cause.message());
    json.writeEndObject();
  }

  private static void writeWhy(JsonGenerator json, Why why) throws IOException {
    switch (why) {
      case Why.NotDue(Duration in) -> json.writeNumberField("due_in_seconds", seconds(in));
      case Why.Paused(Pause pause) -> writePause(json, pause);
      case Why.InLane lane -> writeLane(json, lane);
      case Why.RateLimited(Duration in) ->
          json.writeNumberField("next_token_in_seconds", seconds(in));
      case Why.ReceiverBusy(ReceiverView receiver) ->
          ReceiverJson.write(json, Optional.of(receiver));
      case Why.InLine line -> {
        json.writeNumberField("ahead", line.ahead());
        json.writeBooleanField("ahead_is_more", line.isMore());
        if (line.estimate().isPositive()) {
          json.writeNumberField("estimated_seconds", seconds(line.estimate()));
        }
      }
      case Why.StartsNow _, Why.InWork _, Why.Finished _ -> {
        // No further members.
      }
    }
  }

  private static void writeLane(JsonGenerator json, Why.InLane why) throws IOException {
    json.writeObjectFieldStart("lane");
    json.writeStringField("key", why.lane().id().key());
    json.writeStringField("head", why.lane().head().value());
    json.writeStringField("head_state", why.lane().state().status().wireName());
    if (why.lane().state() instanceof DeliveryState.Waiting head) {
      EventWriter.writeTime(json, "head_next_attempt_at", head.dueAt());
    }
    json.writeNumberField("ahead", why.ahead());
    json.writeBooleanField("ahead_is_more", why.isMore());
    json.writeEndObject();
  }

  private static void writePause(JsonGenerator json, Pause pause) throws IOException {
    json.writeObjectFieldStart("paused");
    boolean isEverything = pause.scope() instanceof PauseScope.Everything;
    json.writeStringField("scope", isEverything ? "processing" : "subscription");
    PauseJson.writeMembers(json, pause);
    json.writeEndObject();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
