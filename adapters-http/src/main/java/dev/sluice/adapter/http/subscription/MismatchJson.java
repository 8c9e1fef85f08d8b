package dev.sluice.adapter.http.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.application.routing.MatchExplanation;
import dev.sluice.domain.filter.Mismatch;
import java.io.IOException;
import java.util.List;

/// Writes why an event does not match a subscription, for programs. Pointers are JSON Pointers:
/// `pointer` into the definition, `field` into the event.
final class MismatchJson {

  private static final String FILTER = "/filter";

  private MismatchJson() {}

  /// Writes the member `mismatch`; none when the event matches.
  static void write(JsonGenerator json, MatchExplanation explanation) throws IOException {
    switch (explanation) {
      case MatchExplanation.Matches() -> {
        // It is absent.
      }
      case MatchExplanation.TakesNoEvents(var lifecycle) -> {
        begin(json, "not_active");
        json.writeStringField("state", lifecycle.wireName());
        json.writeEndObject();
      }
      case MatchExplanation.OtherType _ -> writePlace(json, "type", "/types");
      case MatchExplanation.FilterNotUnderstood _ ->
          writePlace(json, "filter_not_understood", FILTER);
      case MatchExplanation.FilterDoesNotMatch(Mismatch mismatch) -> {
        json.writeFieldName("mismatch");
        write(json, mismatch);
      }
    }
  }

  private static void begin(JsonGenerator json, String reason) throws IOException {
    json.writeObjectFieldStart("mismatch");
    json.writeStringField("reason", reason);
  }

  private static void writePlace(JsonGenerator json, String reason, String pointer)
      throws IOException {
    begin(json, reason);
    json.writeStringField("pointer", pointer);
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Mismatch mismatch) throws IOException {
    json.writeStartObject();
    switch (mismatch) {
      case Mismatch.FailedField field -> {
        json.writeStringField("reason", "condition");
        json.writeStringField("pointer", FILTER + field.pointer());
        json.writeStringField("field", MatchText.pointerTo(field.path()));
        json.writeFieldName("condition");
        json.writeRawValue(field.conditions());
        json.writeBooleanField("absent", field.isAbsent());
      }
      case Mismatch.NoAlternative(List<Mismatch> alternatives) -> {
        json.writeStringField("reason", "no_alternative");
        json.writeStringField("pointer", FILTER);
        json.writeArrayFieldStart("alternatives");
        for (Mismatch alternative : alternatives) {
          write(json, alternative);
        }
        json.writeEndArray();
      }
      case Mismatch.DifferentElements(List<List<String>> paths) -> {
        json.writeStringField("reason", "different_elements");
        json.writeStringField("pointer", FILTER);
        json.writeArrayFieldStart("fields");
        for (List<String> path : paths) {
          json.writeString(MatchText.pointerTo(path));
        }
        json.writeEndArray();
      }
    }
    json.writeEndObject();
  }
}
