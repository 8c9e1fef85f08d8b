package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.application.operate.BrowseEvents;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `GET /dead-letters/groups`: dead letters grouped by their errors.
final class DeadLetterGroups {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 500;

  private final BrowseEvents browse;
  private final SubscriptionCache subscriptions;

  DeadLetterGroups(BrowseEvents browse, SubscriptionCache subscriptions) {
    this.browse = browse;
    this.subscriptions = subscriptions;
  }

  void get(Exchange exchange) {
    QueryParameters query = QueryParameters.parse(exchange.rawQuery(), Set.of("limit"));
    int limit =
        query.one("limit").map(text -> EventQuery.limit(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
    List<ErrorGroup> groups = browse.errorGroups(limit);
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartArray();
              for (ErrorGroup group : groups) {
                write(json, group);
              }
              json.writeEndArray();
            }));
  }

  private void write(JsonGenerator json, ErrorGroup group) throws IOException {
    json.writeStartObject();
    json.writeStringField("fingerprint", group.fingerprint().toString());
    json.writeStringField("subscription", group.subscription().value());
    Optional<Subscription> subscription = subscriptions.find(group.subscription());
    if (subscription.isPresent()) {
      json.writeStringField("handler", subscription.get().definition().destination().kind());
    }
    writeCause(json, group.cause());
    json.writeNumberField("count", group.count());
    EventWriter.writeTime(json, "first_seen", group.firstSeen());
    EventWriter.writeTime(json, "last_seen", group.lastSeen());
    json.writeStringField("sample_event_id", group.sample().value());
    writeTrend(json, group);
    json.writeEndObject();
  }

  private static void writeCause(JsonGenerator json, FailureCause cause) throws IOException {
    json.writeStringField("outcome", EventWriter.outcomeName(cause.kind()));
    json.writeStringField("error", cause.error());
    json.writeStringField("pattern", ErrorFingerprint.patternOf(cause));
    json.writeStringField("message", cause.message());
  }

  private static void writeTrend(JsonGenerator json, ErrorGroup group) throws IOException {
    json.writeObjectFieldStart("trend");
    json.writeNumberField("last_hour", group.recent());
    json.writeNumberField("hour_before", group.earlier());
    json.writeStringField("direction", direction(group));
    json.writeEndObject();
  }

  private static String direction(ErrorGroup group) {
    int comparison = Long.compare(group.recent(), group.earlier());
    return comparison > 0 ? "rising" : comparison < 0 ? "falling" : "steady";
  }
}
