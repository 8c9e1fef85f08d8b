package dev.sluice.process.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/// The journal of receivers: all requests that arrived, in their order.
final class Arrivals {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Queue<Arrival> all = new ConcurrentLinkedQueue<>();

  void add(Message message) {
    all.add(arrival(message));
  }

  private static Arrival arrival(Message message) {
    return new Arrival(
        message.subscription(),
        message.header("webhook-id").orElse(""),
        Integer.parseInt(message.header("webhook-attempt").orElse("0")),
        eventId(message.body()),
        Signing.isValid(message, Signing.secretOf(message.subscription())),
        System.nanoTime());
  }

  private static String eventId(String body) {
    try {
      return JSON.readTree(body).path("event_id").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  int count() {
    return all.size();
  }

  List<Arrival> list() {
    return List.copyOf(all);
  }

  /// Returns the arrivals at the receiver of a subscription.
  List<Arrival> of(String subscription) {
    return all.stream().filter(one -> one.subscription().equals(subscription)).toList();
  }

  /// Returns the events that arrived for a subscription with a valid signature.
  Set<String> eventsOf(String subscription) {
    return of(subscription).stream()
        .filter(Arrival::isValid)
        .map(Arrival::eventId)
        .collect(Collectors.toSet());
  }
}
