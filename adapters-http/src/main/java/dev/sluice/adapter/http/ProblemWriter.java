package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes problems as `application/problem+json`.
public final class ProblemWriter {

  private ProblemWriter() {}

  public static byte[] document(Problem problem, String requestId) {
    return Json.write(
        json -> {
          json.writeStartObject();
          writeMembers(json, problem);
          json.writeStringField("request_id", requestId);
          json.writeEndObject();
        });
  }

  /// Writes the members of a problem into an open object.
  public static void writeMembers(JsonGenerator json, Problem problem) throws IOException {
    json.writeStringField("type", problem.code().type());
    json.writeStringField("title", problem.code().title());
    json.writeNumberField("status", problem.status());
    json.writeStringField("detail", problem.detail());
    json.writeStringField("code", problem.code().wireName());
    for (Map.Entry<String, Object> extra : new TreeMap<>(problem.extra()).entrySet()) {
      if (extra.getValue() instanceof Long number) {
        json.writeNumberField(extra.getKey(), number);
      } else {
        json.writeStringField(extra.getKey(), extra.getValue().toString());
      }
    }
    writeErrors(json, problem.errors());
  }

  private static void writeErrors(JsonGenerator json, List<FieldProblem> errors)
      throws IOException {
    if (errors.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("errors");
    for (FieldProblem error : errors) {
      json.writeStartObject();
      json.writeStringField(error.place().wireName(), error.name());
      json.writeStringField("detail", error.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
