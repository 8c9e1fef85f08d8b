package dev.sluice.admin.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.admin.api.EventSummary;
import dev.sluice.admin.api.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Formats of exported events: one line per event, without payloads.
public enum EventLines {
  /// Comma-separated values (RFC 4180) with a header line.
  CSV,

  /// One JSON object per line, with the member names of the API.
  NDJSON;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Characters that start a formula in a spreadsheet.
  private static final String FORMULA = "=+-@\t\r";

  /// Returns the format for a file name.
  public static EventLines forName(String name) {
    return name.endsWith(".csv") ? CSV : NDJSON;
  }

  /// Returns the text before the first event.
  public String head() {
    return switch (this) {
      case CSV ->
          "event_id,event_type,status,attempts,occurred_at,received_at,key,source,subject,"
              + "next_attempt_at,completed_at,error,message\r\n";
      case NDJSON -> "";
    };
  }

  /// Returns an event with its line end.
  public String line(EventSummary event) {
    Map<String, Object> members = members(event);
    return switch (this) {
      case CSV ->
          members.values().stream().map(EventLines::cell).collect(Collectors.joining(",")) + "\r\n";
      case NDJSON -> {
        members.values().removeIf(value -> value.equals(""));
        yield json(members) + '\n';
      }
    };
  }

  private static Map<String, Object> members(EventSummary event) {
    Optional<Failure> error = Optional.ofNullable(event.lastError());
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("event_id", event.eventId());
    members.put("event_type", event.eventType());
    members.put("status", event.status().wireName());
    members.put("attempts", event.attempts());
    members.put("occurred_at", event.occurredAt().toString());
    members.put("received_at", event.receivedAt().toString());
    members.put("key", orEmpty(event.key()));
    members.put("source", orEmpty(event.source()));
    members.put("subject", orEmpty(event.subject()));
    members.put("next_attempt_at", orEmpty(event.nextAttemptAt()));
    members.put("completed_at", orEmpty(event.completedAt()));
    members.put("error", error.map(Failure::error).orElse(""));
    members.put("message", error.map(Failure::message).orElse(""));
    return members;
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /// Puts an apostrophe before text that a spreadsheet would run as a formula, because text from
  /// producers is not trusted.
  private static String cell(Object value) {
    String text = value.toString();
    if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
      text = '\'' + text;
    }
    boolean quote = text.chars().anyMatch(sign -> ",\"\r\n".indexOf(sign) >= 0);
    return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static String json(Map<String, Object> members) {
    try {
      return JSON.writeValueAsString(members);
    } catch (JsonProcessingException wrong) {
      throw new IllegalStateException("texts and numbers cannot be written as JSON", wrong);
    }
  }
}
