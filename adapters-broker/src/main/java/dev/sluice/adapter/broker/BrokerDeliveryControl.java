package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.SubscriptionNames;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Replays, cancels and discards single events.
final class BrokerDeliveryControl implements DeliveryControl {

  private final Redis redis;
  private final RedisEvents redisEvents;
  private final Scripts scripts;
  private final Replays replays;

  BrokerDeliveryControl(Redis redis, RedisEvents redisEvents, Scripts scripts, Replays replays) {
    this.redis = redis;
    this.redisEvents = redisEvents;
    this.scripts = scripts;
    this.replays = replays;
  }

  @Override
  public ControlResult replay(EventId id, ReplayScope scope) {
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
