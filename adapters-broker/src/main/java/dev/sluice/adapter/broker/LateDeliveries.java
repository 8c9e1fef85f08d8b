package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Adds deliveries to stored events: publishes their messages, then updates Redis.
///
/// A worker may receive such a message before Redis is updated, or the node may die in between:
/// then the delivery is added from the message.
final class LateDeliveries {

  private final BrokerClock clock;
  private final Publisher publisher;
  private final Queues queues;
  private final Scripts scripts;

  LateDeliveries(BrokerClock clock, Publisher publisher, Queues queues, Scripts scripts) {
    this.clock = clock;
    this.publisher = publisher;
    this.queues = queues;
    this.scripts = scripts;
  }

  /// Adds a delivery to events that have none in the subscription.
  ///
  /// @return those that are still stored and have it now
  List<RedisEvent> add(SubscriptionName subscription, List<RedisEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    Instant now = clock.local();
    publisher.publishAll(
        events.stream()
            .map(event -> OutboundMessage.first(message(event, subscription), queues, now))
            .toList());
    var arguments = new ArrayList<String>();
    arguments.add(subscription.value());
    for (RedisEvent event : events) {
      arguments.add(event.event().id().value());
      arguments.add(Long.toString(event.sequence()));
      arguments.add(Micros.text(event.event().deliverAt()));
    }
    List<String> answers = scripts.run(Scripts.BACKFILL, arguments);
    var added = new ArrayList<RedisEvent>();
    for (int index = 0; index < events.size(); index++) {
      if (answers.get(index).equals("1")) {
        added.add(events.get(index));
      }
    }
    return added;
  }

  private static DeliveryMessage message(RedisEvent event, SubscriptionName subscription) {
    var message = DeliveryMessage.first(event.sequence(), event.event(), Optional.of(subscription));
    return event.event().attributes().deliverAt().map(message::notBefore).orElse(message);
  }
}
