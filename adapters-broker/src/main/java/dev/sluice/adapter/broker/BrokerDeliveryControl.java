package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.EventCodec;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.codec.SubscriptionNames;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reschedules, replays, cancels and discards single events.
final class BrokerDeliveryControl implements DeliveryControl {

  private final BrokerClock clock;
  private final Publisher publisher;
  private final Queues queues;
  private final Redis redis;
  private final RedisEvents redisEvents;
  private final Scripts scripts;
  private final Replays replays;

  BrokerDeliveryControl(
      BrokerClock clock,
      Publisher publisher,
      Queues queues,
      Redis redis,
      RedisEvents redisEvents,
      Scripts scripts,
      Replays replays) {
    this.clock = clock;
    this.publisher = publisher;
    this.queues = queues;
    this.redis = redis;
    this.redisEvents = redisEvents;
    this.scripts = scripts;
    this.replays = replays;
  }

  /// There are no lanes, so the place does not matter.
  @Override
  public ControlResult replay(EventId id, ReplayScope scope, LanePlace place) {
    return control(id, scope.names(), event -> replays.replay(event, scope::includes));
  }

  @Override
  public ControlResult cancel(EventId id, Set<SubscriptionName> subscriptions) {
    return control(id, subscriptions, _ -> takeOut("cancel", id, subscriptions));
  }

  @Override
  public ControlResult discard(EventId id, Set<SubscriptionName> subscriptions) {
    return control(id, subscriptions, _ -> takeOut("discard", id, subscriptions));
  }

  /// Publishes further messages of the deliveries, and updates Redis. A delivery may have several
  /// messages then; those that come too early, or after its first attempt began, are dropped.
  @Override
  public ControlResult reschedule(EventId id, Instant deliverAt) {
    return control(id, Set.of(), event -> reschedule(event, deliverAt));
  }

  /// A message is published before Redis knows a later time, and after it knows an earlier one: at
  /// any moment, a delivery has a message that comes when Redis says that it is due, or sooner.
  private List<SubscriptionName> reschedule(RedisEvent stored, Instant deliverAt) {
    Event event = stored.event().withDeliverAt(deliverAt);
    Instant dueAt = event.deliverAt();
    List<DeliverySnapshot> untried =
        stored.summary().deliveries().stream().filter(BrokerDeliveryControl::isUntried).toList();
    if (untried.isEmpty()) {
      return List.of();
    }
    publish(stored, event, untried.stream().filter(one -> !isDueAfter(one, dueAt)).toList());
    var arguments =
        List.of(
            event.id().value(),
            Long.toString(stored.sequence()),
            Micros.text(dueAt),
            EventCodec.encode(event));
    String moved = scripts.run(Scripts.RESCHEDULE, arguments).getFirst();
    publish(stored, event, untried.stream().filter(one -> isDueAfter(one, dueAt)).toList());
    return SubscriptionNames.decode(moved);
  }

  private void publish(RedisEvent stored, Event event, List<DeliverySnapshot> deliveries) {
    Instant now = clock.local();
    publisher.publishAll(
        deliveries.stream()
            .map(delivery -> Optional.of(delivery.subscription()))
            .map(name -> DeliveryMessage.first(stored.sequence(), event, name))
            .map(message -> message.notBefore(event.deliverAt()))
            .map(message -> OutboundMessage.first(message, queues, now))
            .toList());
  }

  private static boolean isUntried(DeliverySnapshot delivery) {
    return delivery.state() instanceof DeliveryState.Received received && received.isUntried();
  }

  private static boolean isDueAfter(DeliverySnapshot delivery, Instant time) {
    return delivery.state() instanceof DeliveryState.Received received
        && received.dueAt().isAfter(time);
  }

  private List<SubscriptionName> takeOut(
      String request, EventId id, Set<SubscriptionName> subscriptions) {
    var arguments = List.of(request, "", id.value(), SubscriptionNames.encode(subscriptions));
    return SubscriptionNames.decode(scripts.run(Scripts.CONTROL, arguments).getFirst());
  }

  /// @param named the subscriptions that the action names
  /// @param action returns the subscriptions of the deliveries that it changed
  private ControlResult control(
      EventId id,
      Set<SubscriptionName> named,
      Function<RedisEvent, List<SubscriptionName>> action) {
    Optional<RedisEvent> event = redisEvents.find(id);
    if (event.isEmpty()) {
      return new ControlResult.NotFound();
    }
    // An event keeps its deliveries, so this holds during the action, too.
    Optional<SubscriptionName> missing = event.get().summary().firstWithoutDelivery(named);
    if (missing.isPresent()) {
      return new ControlResult.NoDelivery(event.get().summary(), missing.get());
    }
    return result(id, action.apply(event.get()));
  }

  @Override
  public int cancelWaiting(SubscriptionName subscription, int limit) {
    var arguments = new ArrayList<>(List.of("cancel", ""));
    for (String id : new WaitingDeliveries(redis).ids(subscription, limit)) {
      arguments.add(id);
      arguments.add(subscription.value());
    }
    return scripts.run(Scripts.CONTROL, arguments).stream()
        .map(SubscriptionNames::decode)
        .mapToInt(List::size)
        .sum();
  }

  private ControlResult result(EventId id, List<SubscriptionName> changed) {
    Optional<RedisEvent> event = redisEvents.find(id);
    if (event.isEmpty()) {
      return new ControlResult.NotFound();
    }
    return changed.isEmpty()
        ? new ControlResult.NotAllowed(event.get().summary())
        : new ControlResult.Changed(event.get().summary(), changed);
  }
}
