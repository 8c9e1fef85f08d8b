package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.Caller;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.application.Application;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// `GET /meta`: the service's version and features, and what the caller may do.
final class MetaRoute {

  /// The features of this version, so that clients can check for them. Their names are part of the
  /// API.
  private static final List<String> FEATURES =
      List.of(
          "activity",
          "backfill",
          "batches",
          "bulk",
          "cloudevents",
          "dead_letters",
          "error_groups",
          "expiry",
          "explain",
          "keys",
          "lanes",
          "lists_without_payloads",
          "ndjson",
          "nodes",
          "pause",
          "priority",
          "schedules",
          "scheduling",
          "series",
          "stats",
          "stream",
          "subscription_series",
          "subscription_test",
          "subscriptions");

  private final Application application;
  private final HttpSettings settings;
  private final InstantSource clock;

  MetaRoute(Application application, HttpSettings settings, InstantSource clock) {
    this.application = application;
    this.settings = settings;
    this.clock = clock;
  }

  void get(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Caller caller = exchange.caller();
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartObject();
              writeService(json);
              writeCaller(json, caller);
              json.writeStringField("auth", settings.security().isOpen() ? "open" : "keys");
              json.writeBooleanField(
                  "demo_handler_only",
                  application.useCases().subscriptions().current().isDemoOnly());
              EventWriter.writeTime(json, "server_time", clock.instant());
              json.writeEndObject();
            }));
  }

  private void writeService(JsonGenerator json) throws IOException {
    HttpSettings.About about = settings.about();
    json.writeStringField("version", about.version());
    json.writeStringField("storage", about.storage());
    json.writeStringField("durability", application.useCases().browse().durability().wireName());
    json.writeStringField("environment", about.environment());
    json.writeArrayFieldStart("features");
    for (String feature : FEATURES) {
      json.writeString(feature);
    }
    json.writeEndArray();
  }

  private static void writeCaller(JsonGenerator json, Caller caller) throws IOException {
    json.writeStringField("role", caller.role().wireName());
    json.writeStringField("owner", caller.owner());
    if (caller.keyId().isPresent()) {
      json.writeStringField("key_id", caller.keyId().get());
    }
    json.writeBooleanField("hides_payloads", caller.hidesPayloads());
  }
}
