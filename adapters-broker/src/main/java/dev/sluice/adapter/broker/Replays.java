package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.AttemptCodec;
import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.DeliveryStateCodec;
import dev.sluice.adapter.broker.codec.EventCodec;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Replays finished deliveries: publishes their messages, then updates Redis.
///
/// A worker may receive such a message before Redis is updated. The message itself says that it is
/// a replay, and whichever of the two is first updates Redis.
final class Replays {

  private final BrokerClock clock;
  private final Publisher publisher;
  private final Queues queues;
  private final Scripts scripts;

  Replays(BrokerClock clock, Publisher publisher, Queues queues, Scripts scripts) {
    this.clock = clock;
    this.publisher = publisher;
    this.queues = queues;
    this.scripts = scripts;
  }

  /// Replays the chosen deliveries of an event.
  ///
  /// @return the subscriptions of those that were replayed
  List<SubscriptionName> replay(RedisEvent event, Predicate<DeliverySnapshot> isMeant) {
    return replay(List.of(new Request(event, isMeant))).getFirst();
  }

  /// An event, and which of its deliveries to replay.
  record Request(RedisEvent event, Predicate<DeliverySnapshot> isMeant) {}

  /// Replays deliveries of events.
  ///
  /// @return of each event the subscriptions of its deliveries that were replayed
  List<List<SubscriptionName>> replay(List<Request> requests) {
    Instant now = clock.local();
    var messages = new ArrayList<OutboundMessage>();
    var arguments = new ArrayList<String>();
    var meant = new ArrayList<List<SubscriptionName>>();
    for (Request request : requests) {
      List<SubscriptionName> subscriptions =
          request.event().summary().deliveries().stream()
              .filter(request.isMeant())
              .map(DeliverySnapshot::subscription)
              .toList();
      for (SubscriptionName subscription : subscriptions) {
        DeliveryMessage message = message(request.event(), subscription, now);
        messages.add(OutboundMessage.of(message, queues.ingest()));
        add(arguments, message, request.event().event());
      }
      meant.add(subscriptions);
    }
    if (messages.isEmpty()) {
      return meant;
    }
    publisher.publishAll(messages);
    return done(scripts.run(Scripts.REPLAY, arguments).iterator(), meant);
  }

  private static List<List<SubscriptionName>> done(
      Iterator<String> answers, List<List<SubscriptionName>> meant) {
    var done = new ArrayList<List<SubscriptionName>>();
    for (List<SubscriptionName> subscriptions : meant) {
      var ofEvent = new ArrayList<SubscriptionName>();
      for (SubscriptionName subscription : subscriptions) {
        if (answers.next().equals("1")) {
          ofEvent.add(subscription);
        }
      }
      done.add(ofEvent);
    }
    return done;
  }

  private static void add(List<String> arguments, DeliveryMessage message, Event before) {
    arguments.add(message.event().id().value());
    arguments.add(Long.toString(message.sequence()));
    arguments.add(message.subscriptionText());
    arguments.add(Integer.toString(message.replays()));
    boolean expired = before.attributes().expiresAt().isPresent();
    arguments.add(expired ? EventCodec.encode(message.event()) : "");
  }

  private static DeliveryMessage message(
      RedisEvent event, SubscriptionName subscription, Instant now) {
    DeliveryStateCodec state = event.state(subscription);
    DeliveryMessage last = lastMessage(event, subscription, state, now);
    return event
        .newestAttempt(subscription)
        .filter(attempt -> !(attempt.end() instanceof Attempt.StillRunning))
        .map(AttemptCodec::encode)
        .map(last::remembering)
        .orElse(last)
        .replayed(now);
  }

  private static DeliveryMessage lastMessage(
      RedisEvent event, SubscriptionName subscription, DeliveryStateCodec state, Instant now) {
    return new DeliveryMessage(
        event.sequence(),
        event.event().withoutExpiry(),
        Optional.of(subscription),
        state.attempts(),
        state.replays(),
        now,
        DeliveryMessage.AT_ONCE,
        Optional.empty(),
        event.history(subscription));
  }
}
