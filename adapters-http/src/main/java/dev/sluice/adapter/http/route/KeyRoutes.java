package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.application.access.ManageKeys;
import dev.sluice.application.access.ManageKeys.Made;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// `/keys`: lists, creates and revokes API keys. A secret is shown once, when its key is created,
/// and its hash never.
final class KeyRoutes {

  private final ManageKeys keys;
  private final RequestBodies bodies;
  private final InstantSource clock;

  KeyRoutes(ManageKeys keys, RequestBodies bodies, InstantSource clock) {
    this.keys = keys;
    this.bodies = bodies;
    this.clock = clock;
  }

  /// `GET /keys`
  void list(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Instant now = clock.instant();
    var all = keys.list();
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartArray();
              for (ApiKey key : all) {
                json.writeStartObject();
                writeMembers(json, key, now);
                json.writeEndObject();
              }
              json.writeEndArray();
            }));
  }

  /// `POST /keys`
  void make(Exchange exchange) throws IOException {
    BodyObject.read(
        exchange,
        bodies,
        body -> answer(exchange, keys.make(new KeyReader(body, clock.instant()).read())));
  }

  private void answer(Exchange exchange, Made made) {
    switch (made) {
      case Made.Key(ApiKey key, String text) -> created(exchange, key, text);
      case Made.OwnerHasEnough() ->
          exchange.problem(
              tooManyKeys(
                  "Revoke a key of this owner first: it has "
                      + KeyStore.MOST_LIVE_PER_OWNER
                      + " live keys, which is the limit."));
      case Made.NoRoom() ->
          exchange.problem(
              tooManyKeys(
                  "Revoke a key first: there are "
                      + KeyStore.MOST_KEYS
                      + " live keys, which is the limit."));
    }
  }

  private void created(Exchange exchange, ApiKey key, String text) {
    exchange.audit().did("key.add", key.id(), key.role().wireName() + " for " + key.owner());
    exchange.set(HeaderNames.CACHE_CONTROL, "no-store");
    exchange.json(
        201,
        Json.write(
            json -> {
              json.writeStartObject();
              writeMembers(json, key, clock.instant());
              json.writeStringField("key", text);
              json.writeEndObject();
            }));
  }

  private static Problem tooManyKeys(String detail) {
    return Problem.of(ProblemCode.TOO_MANY_KEYS, detail);
  }

  /// `DELETE /keys/{id}`
  void revoke(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    if (!keys.revoke(exchange.pathParameter())) {
      throw new ProblemException(
          Problems.notFound(
              "There is no key with the id "
                  + Problems.shorten(exchange.pathParameter())
                  + "; list the keys with GET /keys."));
    }
    exchange.empty(204);
  }

  private static void writeMembers(JsonGenerator json, ApiKey key, Instant now) throws IOException {
    json.writeStringField("id", key.id());
    json.writeStringField("owner", key.owner());
    json.writeStringField("role", key.role().wireName());
    if (!key.types().isEmpty()) {
      json.writeArrayFieldStart("types");
      for (TypePattern type : key.types()) {
        json.writeString(type.glob());
      }
      json.writeEndArray();
    }
    json.writeBooleanField("hide_payloads", key.hidesPayloads());
    json.writeStringField("status", statusOf(key, now));
    EventWriter.writeTime(json, "created_at", key.createdAt());
    writeTime(json, "expires_at", key.expiresAt());
    writeTime(json, "revoked_at", key.revokedAt());
    writeTime(json, "last_used_at", key.lastUsedAt());
  }

  private static String statusOf(ApiKey key, Instant now) {
    if (key.revokedAt().isPresent()) {
      return "revoked";
    }
    return key.isExpired(now) ? "expired" : "live";
  }

  private static void writeTime(JsonGenerator json, String name, Optional<Instant> time)
      throws IOException {
    if (time.isPresent()) {
      EventWriter.writeTime(json, name, time.get());
    }
  }
}
