package dev.sluice.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// An event with its deliveries, as `GET /events/{id}` shows it.
///
/// @param id its id
/// @param content its type, source and payload, as text
/// @param routedBy the version of the set of subscriptions that routed it; 0 when none is stored
/// @param deliveries its deliveries
public record DeliveredEvent(String id, String content, long routedBy, List<Delivered> deliveries) {

  private static final int READERS = 8;

  /// A delivery.
  ///
  /// @param subscription the name of the subscription
  /// @param status its status
  /// @param attempts its attempts, in their order
  public record Delivered(String subscription, String status, List<Tried> attempts) {

    /// Returns how many attempts succeeded.
    public long successes() {
      return attempts.stream().filter(one -> one.outcome().equals("succeeded")).count();
    }

    /// Returns the last attempt, or one without a number when there is none.
    public Tried last() {
      return attempts.isEmpty() ? new Tried(0, "") : attempts.getLast();
    }
  }

  /// An attempt.
  ///
  /// @param number its number
  /// @param outcome how it ended
  public record Tried(int number, String outcome) {}

  public static DeliveredEvent of(JsonNode event) {
    return new DeliveredEvent(
        event.path("event_id").asText(),
        content(
            event.path("event_type").asText(),
            event.path("source").asText(),
            event.path("payload").toString()),
        event.path("routed_by").asLong(0),
        elements(event.path("deliveries")).map(DeliveredEvent::delivery).toList());
  }

  /// Reads all events with their deliveries and attempts.
  public static List<DeliveredEvent> all(Client client) throws Exception {
    List<Callable<DeliveredEvent>> readings = new ArrayList<>();
    for (JsonNode event : client.all("/events?limit=500")) {
      String id = event.path("event_id").asText();
      readings.add(() -> of(client.json("/events/" + id)));
    }
    List<DeliveredEvent> events = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(READERS)) {
      for (Future<DeliveredEvent> event : threads.invokeAll(readings)) {
        events.add(event.get());
      }
    }
    return events;
  }

  /// Returns what [#content] of an unaltered event has to be.
  static String sentContent(String id) {
    var event = SentEvents.event(id);
    return content(
        event.type().value(), event.attributes().source().orElseThrow(), event.payload().json());
  }

  private static String content(String type, String source, String payload) {
    return type + " " + source + " " + payload;
  }

  private static Delivered delivery(JsonNode delivery) {
    return new Delivered(
        delivery.path("subscription").asText(),
        delivery.path("status").asText(),
        elements(delivery.path("attempts"))
            .map(one -> new Tried(one.path("number").asInt(), one.path("outcome").asText()))
            .toList());
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
