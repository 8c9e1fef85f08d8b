package dev.sluice.adapter.http.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.application.routing.MatchExplanation;
import dev.sluice.application.sample.PreviewingHandler.Preview;
import dev.sluice.application.work.SampleAttempt;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import dev.sluice.format.ResponseWriter;
import dev.sluice.format.ShownText;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// The result of a test.
///
/// @param subscription what was tested; of version 0 when its definition is not stored
/// @param sample the event
/// @param explanation whether and why it matches
/// @param preview what the destination would do with it
/// @param sent the attempt, if one was made
record TestJson(
    Subscription subscription,
    Event sample,
    MatchExplanation explanation,
    Optional<Preview> preview,
    Optional<SampleAttempt.Made> sent) {

  byte[] write() {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("subscription", subscription.name().value());
          if (subscription.version() > 0) {
            json.writeNumberField("version", subscription.version());
          }
          json.writeStringField("event_id", sample.id().value());
          boolean isMatch = explanation instanceof MatchExplanation.Matches;
          json.writeBooleanField("matches", isMatch);
          json.writeStringField("sentence", MatchText.of(explanation, sample));
          MismatchJson.write(json, explanation);
          if (isMatch) {
            writeDelivery(json);
          }
          if (sent.isPresent()) {
            write(json, sent.get());
          }
          json.writeEndObject();
        });
  }

  private void writeDelivery(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("delivery");
    json.writeStringField("kind", subscription.definition().destination().kind());
    if (preview.isPresent()) {
      json.writeStringField("sentence", preview.get().sentence());
      Optional<String> output = preview.get().output();
      if (output.isPresent()) {
        json.writeStringField("output", ShownText.of(output.get(), Integer.MAX_VALUE));
      }
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, SampleAttempt.Made attempt) throws IOException {
    json.writeObjectFieldStart("sent");
    switch (attempt.outcome()) {
      case Outcome.Succeeded _ -> {
        json.writeStringField("outcome", "succeeded");
        writeDuration(json, attempt.took());
      }
      case Outcome.Failed(boolean isRetryable, FailureCause cause, var _, var _) -> {
        json.writeStringField("outcome", EventWriter.outcomeName(cause.kind()));
        writeDuration(json, attempt.took());
        json.writeBooleanField("permanent", !isRetryable);
        json.writeObjectFieldStart("error");
        json.writeStringField("error", cause.error());
        json.writeStringField("message", cause.message());
        json.writeEndObject();
      }
      case Outcome.NotMade(String reason) -> writeReason(json, "not_made", reason);
      case Outcome.Unwanted(String reason, var _) -> writeReason(json, "unwanted", reason);
    }
    ResponseWriter.writeMember(json, attempt.outcome().response());
    json.writeEndObject();
  }

  private static void writeReason(JsonGenerator json, String outcome, String reason)
      throws IOException {
    json.writeStringField("outcome", outcome);
    json.writeStringField("reason", reason);
  }

  private static void writeDuration(JsonGenerator json, Duration took) throws IOException {
    json.writeNumberField("duration_ms", took.toMillis());
  }
}
