package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.application.activity.Activity;
import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.Set;

/// Lists the activity log, and verifies that it was not tampered with.
final class ActivityRoutes {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 500;

  private static final Set<String> NAMES = Set.of("limit", "cursor", "announcements");

  private final Activity activity;

  ActivityRoutes(Activity activity) {
    this.activity = activity;
  }

  /// `GET /activity`
  void list(Exchange exchange) {
    QueryParameters query = QueryParameters.parse(exchange.rawQuery(), NAMES);
    Page<ActivityEntry> page = page(query);
    if (page.hasNext()) {
      String next = query.with("cursor", Long.toString(page.next().position()));
      exchange.set(HeaderNames.LINK, "<" + exchange.rawPath() + "?" + next + ">; rel=\"next\"");
    }
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartArray();
              for (ActivityEntry entry : page.items()) {
                write(json, entry);
              }
              json.writeEndArray();
            }));
  }

  private Page<ActivityEntry> page(QueryParameters query) {
    int limit =
        query.one("limit").map(text -> EventQuery.limit(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
    Cursor after = query.one("cursor").map(ActivityRoutes::cursor).orElse(Cursor.START);
    boolean isWhole = query.one("announcements").map(ActivityRoutes::flag).orElse(false);
    return isWhole ? activity.whole(after, limit) : activity.newest(after, limit);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw QueryParameters.invalid("announcements", "must be true or false");
    };
  }

  private static Cursor cursor(String text) {
    if (!text.matches("[1-9][0-9]{0,17}")) {
      throw QueryParameters.invalid("cursor", "must come from the Link to the next page");
    }
    return new Cursor(Long.parseLong(text));
  }

  private static void write(JsonGenerator json, ActivityEntry entry) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", entry.number());
    EventWriter.writeTime(json, "at", entry.at());
    json.writeStringField("actor", entry.actor().name());
    writeGiven(json, "key_id", entry.actor().keyId());
    writeGiven(json, "role", entry.actor().role());
    writeGiven(json, "address", entry.actor().address());
    json.writeStringField("action", entry.operation().action());
    json.writeStringField("target", entry.operation().target());
    writeGiven(json, "detail", entry.operation().detail());
    json.writeStringField("result", entry.operation().result());
    writeGiven(json, "request_id", entry.operation().requestId());
    json.writeStringField("previous_hash", entry.previousHash());
    json.writeStringField("hash", entry.hash());
    json.writeEndObject();
  }

  private static void writeGiven(JsonGenerator json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }

  /// `GET /activity/verify`
  void verify(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Activity.Check check = activity.verify();
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartObject();
              json.writeBooleanField("intact", check.isIntact());
              json.writeNumberField("entries", check.entries());
              json.writeNumberField("first", check.first());
              json.writeNumberField("last", check.last());
              if (check.brokenAt() > 0) {
                json.writeNumberField("broken_at", check.brokenAt());
              }
              json.writeEndObject();
            }));
  }
}
