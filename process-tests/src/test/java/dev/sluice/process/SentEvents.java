package dev.sluice.process;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// The content of events that subscriptions tell apart. It follows from the id alone, so a test
/// knows it without keeping it.
final class SentEvents {

  static final List<String> TYPES =
      List.of("order.paid", "order.lost", "invoice.paid", "user.created");
  static final List<String> COUNTRIES = List.of("DE", "AT", "CH");

  /// One event in as many fails always, or once.
  private static final int ONE_FAILS = 12;

  private SentEvents() {}

  /// Returns the event as it has to be routed. Its times are not those of the stored one.
  static Event event(String id) {
    var random = new SplittableRandom(id.hashCode());
    String type = TYPES.get(random.nextInt(TYPES.size()));
    String source = random.nextBoolean() ? "shop" : "office";
    return new Event(
        new EventId(id),
        new EventType(type),
        Instant.EPOCH,
        Instant.EPOCH,
        new Payload(payload(random)),
        new Attributes(Map.of(Attributes.SOURCE, source)));
  }

  private static String payload(SplittableRandom random) {
    int amount = random.nextInt(200);
    String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
    String failure =
        switch (random.nextInt(ONE_FAILS)) {
          case 0 -> ",\"fail\":true";
          case 1 -> ",\"fail_times\":1";
          default -> "";
        };
    return "{\"amount\":%d,\"country\":\"%s\"%s}".formatted(amount, country, failure);
  }

  /// Returns the event as a producer sends it.
  static String json(String id) {
    Event event = event(id);
    return "{\"event_id\":\"%s\",\"event_type\":\"%s\",\"source\":\"%s\",\"payload\":%s}"
        .formatted(
            id,
            event.type().value(),
            event.attributes().source().orElseThrow(),
            event.payload().json());
  }
}
