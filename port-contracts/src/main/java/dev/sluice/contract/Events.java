package dev.sluice.contract;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Events for tests.
public final class Events {

  /// The type of every event without an explicit one.
  public static final EventType TYPE = new EventType("order.paid");

  private Events() {}

  /// Returns an event that was received, and occurred, when a [SettableClock] begins.
  public static Event event(String id) {
    return event(id, TYPE.value(), SettableClock.START);
  }

  /// Returns an event of this type that was received when it occurred.
  public static Event event(String id, String type, Instant occurredAt) {
    return new Event(
        new EventId(id),
        new EventType(type),
        occurredAt,
        occurredAt,
        new Payload("{\"n\":1}"),
        Attributes.NONE);
  }

  /// Returns an event with an ordering key.
  public static Event keyed(String id, String key) {
    return withKey(event(id), key);
  }

  /// Returns the event with this key and no other attributes.
  public static Event withKey(Event event, String key) {
    return with(event, event.payload(), new Attributes(Map.of(Attributes.KEY, key)));
  }

  /// Returns the event with another payload.
  public static Event withPayload(Event event, String json) {
    return with(event, new Payload(json), event.attributes());
  }

  /// Returns the event with an extension of this many characters.
  public static Event withExtension(Event event, int characters) {
    Attributes attributes = event.attributes().with("note", "x".repeat(characters));
    return with(event, event.payload(), attributes);
  }

  private static Event with(Event event, Payload payload, Attributes attributes) {
    return new Event(
        event.id(), event.type(), event.occurredAt(), event.receivedAt(), payload, attributes);
  }

  /// Returns the event, to be stored for the default subscription.
  public static NewEvent routed(Event event) {
    return new NewEvent(event, List.of(SubscriptionName.DEFAULT));
  }

  /// Returns the event as it is stored, with a delivery for each subscription.
  public static EventSummary stored(Event event, SubscriptionName... subscriptions) {
    return new EventSummary(
        event,
        Stream.of(subscriptions)
            .map(
                subscription ->
                    new DeliverySnapshot(
                        subscription,
                        new DeliveryState.Received(AttemptCount.NONE, event.receivedAt())))
            .toList());
  }

  /// Returns the event, to be stored without a subscription.
  public static NewEvent unrouted(Event event) {
    return new NewEvent(event, List.of());
  }

  /// Returns events `e-1`, `e-2`, … to be stored for the default subscription.
  public static List<NewEvent> many(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> routed(event("e-" + number)))
        .toList();
  }
}
