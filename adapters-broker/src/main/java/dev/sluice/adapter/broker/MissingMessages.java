package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.DeliveryStateCodec;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.Tuple;

/// Publishes messages for deliveries that are unfinished in Redis and have none in RabbitMQ, as
/// when Redis came back with an earlier state: deliveries that were finished since would otherwise
/// wait forever.
///
/// A delivery whose message a node holds at this moment gets a second one; one of the two counts.
final class MissingMessages {

  private static final int TOGETHER = 500;

  /// How many events to load with their payloads, each of which may be large.
  private static final int FEW = 16;

  private final Publisher publisher;
  private final Redis redis;
  private final RedisEvents redisEvents;
  private final DelayedDeliveries delayedDeliveries;
  private final Set<Name> seen = new HashSet<>();

  /// @param sequence the event's sequence
  private record Name(long sequence, String subscription) {}

  MissingMessages(
      Publisher publisher,
      Redis redis,
      RedisEvents redisEvents,
      DelayedDeliveries delayedDeliveries) {
    this.publisher = publisher;
    this.redis = redis;
    this.redisEvents = redisEvents;
    this.delayedDeliveries = delayedDeliveries;
  }

  /// Records that these deliveries have messages.
  void saw(List<ReceivedDelivery> receivedDeliveries) {
    for (ReceivedDelivery receivedDelivery : receivedDeliveries) {
      DeliveryMessage message = receivedDelivery.message();
      seen.add(new Name(message.sequence(), message.subscriptionText()));
    }
  }

  /// Publishes messages for all other unfinished deliveries.
  ///
  /// @param before a delivery whose state is newer also has a newer message
  /// @return how many were published
  int publishMissing(Instant before) {
    int published = 0;
    for (String index : List.of("sluice:in:R", "sluice:in:T", "sluice:in:P")) {
      double from = 0;
      while (true) {
        // By sequence, not by rank, which changes when other events leave the index meanwhile.
        var part =
            ZRangeParams.zrangeByScoreParams(from, Double.POSITIVE_INFINITY).limit(0, TOGETHER);
        List<Tuple> found = redis.ask(client -> client.zrangeWithScores(index, part));
        published += publishMissing(found.stream().map(Tuple::getElement).toList(), before);
        if (found.size() < TOGETHER) {
          break;
        }
        from = found.getLast().getScore() + 1;
      }
    }
    return published;
  }

  private int publishMissing(List<String> ids, Instant before) {
    List<RedisEvents.Head> heads = redisEvents.heads(ids);
    var lacking = new ArrayList<String>();
    for (int index = 0; index < ids.size(); index++) {
      RedisEvents.Head head = heads.get(index);
      if (!head.isKnown() || head.event().filter(event -> lacksAny(event, before)).isPresent()) {
        lacking.add(ids.get(index));
      }
    }
    int published = 0;
    for (int from = 0; from < lacking.size(); from += FEW) {
      published += publish(lacking.subList(from, Math.min(from + FEW, lacking.size())), before);
    }
    return published;
  }

  private boolean lacksAny(RedisEvent event, Instant before) {
    return event.subscriptions().stream()
        .anyMatch(subscription -> missing(event, subscription, before).isPresent());
  }

  private int publish(List<String> ids, Instant before) {
    var messages = new ArrayList<OutboundMessage>();
    for (Optional<RedisEvent> event : redisEvents.find(ids)) {
      event.ifPresent(
          known ->
              known
                  .subscriptions()
                  .forEach(
                      subscription ->
                          missing(known, subscription, before)
                              .map(message -> outgoing(message))
                              .ifPresent(messages::add)));
    }
    publisher.publishAll(messages);
    return messages.size();
  }

  private OutboundMessage outgoing(DeliveryMessage message) {
    // An event is in several indexes when its deliveries have several statuses.
    seen.add(new Name(message.sequence(), message.subscriptionText()));
    return OutboundMessage.of(message, delayedDeliveries.queueFor(message));
  }

  /// Returns the message that a delivery should have and lacks.
  private Optional<DeliveryMessage> missing(
      RedisEvent event, SubscriptionName subscription, Instant before) {
    DeliveryStateCodec state = event.state(subscription);
    boolean hasMessage =
        seen.contains(new Name(event.sequence(), subscription.value()))
            || !state.since().isBefore(before);
    if (hasMessage) {
      return Optional.empty();
    }
    return switch (state.letter()) {
      case "R" -> Optional.of(message(event, subscription, state.attempts(), scheduled(state)));
      case "T" ->
          Optional.of(
              message(
                  event,
                  subscription,
                  state.attempts(),
                  Optional.of(Micros.toInstant(state.rest()))));
      case "P" ->
          Optional.of(
              message(
                  event,
                  subscription,
                  new AttemptCount(state.attempts().started() - 1, state.attempts().spent() - 1),
                  Optional.empty()));
      default -> Optional.empty();
    };
  }

  private static Optional<Instant> scheduled(DeliveryStateCodec state) {
    return Optional.of(Micros.toInstant(state.rest())).filter(due -> due.isAfter(state.since()));
  }

  private static DeliveryMessage message(
      RedisEvent event,
      SubscriptionName subscription,
      AttemptCount attempts,
      Optional<Instant> dueAt) {
    return new DeliveryMessage(
        event.sequence(),
        event.event(),
        Optional.of(subscription),
        attempts,
        event.state(subscription).replays(),
        dueAt.orElse(event.event().receivedAt()),
        dueAt.orElse(DeliveryMessage.AT_ONCE),
        event.failure(subscription),
        event.history(subscription));
  }
}
