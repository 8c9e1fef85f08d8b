package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.MediaTypes;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.Json;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.MalformedJsonException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The body of a request to replay, cancel or discard deliveries of an event: which deliveries, or
/// the payload of an edited replay. No body is like an empty object.
///
/// @param payload replaces the payload of the event, in a new event
/// @param isForAll whether all finished deliveries are replayed
/// @param subscriptions the named subscriptions; empty when none is named
record ActionBody(
    Optional<Payload> payload, boolean isForAll, Set<SubscriptionName> subscriptions) {

  private static final ActionBody EMPTY = new ActionBody(Optional.empty(), false, Set.of());

  private static final Set<String> OF_REPLAY = Set.of("payload", "all", "subscriptions");
  private static final String POSITION = "position";
  private static final Set<String> OF_OTHERS = Set.of("subscriptions");

  /// Most bytes of a body without a payload.
  private static final int MAX_BODY = 64 * 1024;

  /// Most bytes of a body besides the payload.
  private static final int AROUND_A_PAYLOAD = 1024;

  private static final int MOST_SUBSCRIPTIONS = 1_000;

  /// Processes the body of a request.
  interface Use {
    void with(ActionBody body) throws IOException;
  }

  /// Reads the body of a request to replay.
  static void ofReplay(Exchange exchange, RequestBodies bodies, int maxPayloadBytes, Use use)
      throws IOException {
    int maxBytes = maxPayloadBytes + AROUND_A_PAYLOAD;
    place(exchange);
    read(exchange, bodies, maxBytes, bytes -> use.with(parse(bytes, OF_REPLAY)));
  }

  /// Reads the body of a request to cancel or discard.
  static void ofOthers(Exchange exchange, RequestBodies bodies, Use use) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    read(exchange, bodies, MAX_BODY, bytes -> use.with(parse(bytes, OF_OTHERS)));
  }

  /// Reads from the query of a request to replay where deliveries enter their lanes.
  static LanePlace place(Exchange exchange) {
    QueryParameters query = QueryParameters.parse(exchange.rawQuery(), Set.of(POSITION));
    return switch (query.one(POSITION).orElse("tail")) {
      case "tail" -> LanePlace.TAIL;
      case "head" -> LanePlace.HEAD;
      default -> throw QueryParameters.invalid(POSITION, "must be head or tail");
    };
  }

  private interface BytesUse {
    void with(byte[] bytes) throws IOException;
  }

  private static void read(Exchange exchange, RequestBodies bodies, int maxBytes, BytesUse use)
      throws IOException {
    if (!exchange.request().content().hasEntity()) {
      use.with(new byte[0]);
      return;
    }
    MediaTypes.requireJson(exchange);
    bodies.read(exchange, _ -> maxBytes, body -> use.with(body.bytes()));
  }

  private static ActionBody parse(byte[] bytes, Set<String> known) throws IOException {
    if (bytes.length == 0) {
      return EMPTY;
    }
    Map<String, String> members = members(bytes);
    Optional<Payload> payload =
        known.contains("payload")
            ? Optional.ofNullable(members.remove("payload")).map(Payload::new)
            : Optional.empty();
    BodyObject body = BodyObject.parse(json(members, known));
    for (String name : members.keySet()) {
      if (!known.contains(name)) {
        body.problem(name, "is unknown");
      }
    }
    return parse(body, payload);
  }

  /// Returns the members of an object with their values as they were sent: the payload is stored as
  /// it is.
  private static Map<String, String> members(byte[] bytes) {
    try {
      JsonCursor json = JsonCursor.document(bytes);
      if (json.kind() != JsonCursor.Kind.OBJECT) {
        throw new MalformedJsonException("expected an object such as {\"all\": true}");
      }
      Map<String, String> members = new LinkedHashMap<>();
      json.beginObject();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (members.put(name, json.raw()) != null) {
          throw new MalformedJsonException("expected each name once, but one occurs twice");
        }
      }
      json.requireEnd();
      return members;
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
  }

  private static byte[] json(Map<String, String> members, Set<String> known) {
    return Json.write(
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, String> member : members.entrySet()) {
            if (known.contains(member.getKey())) {
              json.writeFieldName(member.getKey());
              json.writeRawValue(member.getValue());
            }
          }
          json.writeEndObject();
        });
  }

  private static ActionBody parse(BodyObject body, Optional<Payload> payload) {
    boolean isForAll = body.flag("all").orElse(false);
    Set<SubscriptionName> subscriptions = subscriptions(body);
    if (body.has("all") && body.has("subscriptions")) {
      body.problem("all", "cannot be combined with subscriptions");
    }
    if (payload.isPresent()) {
      for (String name : List.of("all", "subscriptions")) {
        if (body.has(name)) {
          body.problem(name, "cannot be combined with payload: an edited replay is a new event");
        }
      }
    }
    body.throwIfWrong(
        payload.isPresent() ? ProblemCode.INVALID_EVENT : ProblemCode.INVALID_FILTER,
        "Fix the fields listed in \"errors\" and resend. Nothing was changed.");
    return new ActionBody(payload, isForAll, subscriptions);
  }

  private static Set<SubscriptionName> subscriptions(BodyObject body) {
    List<String> texts = body.list("subscriptions", "must be an array of names");
    boolean isEmpty = body.has("subscriptions") && texts.isEmpty() && !body.isWrong();
    if (isEmpty || texts.size() > MOST_SUBSCRIPTIONS) {
      body.problem("subscriptions", "must have 1 to " + MOST_SUBSCRIPTIONS + " names");
      return Set.of();
    }
    Set<SubscriptionName> names = new LinkedHashSet<>();
    for (int index = 0; index < texts.size(); index++) {
      try {
        names.add(new SubscriptionName(texts.get(index)));
      } catch (IllegalArgumentException e) {
        body.problem("subscriptions", index, "must be the name of a subscription");
      }
    }
    return names;
  }

  /// Returns which deliveries to replay.
  ReplayScope scope() {
    if (!subscriptions.isEmpty()) {
      return new ReplayScope.Named(subscriptions);
    }
    return isForAll ? new ReplayScope.All() : new ReplayScope.Failed();
  }
}
