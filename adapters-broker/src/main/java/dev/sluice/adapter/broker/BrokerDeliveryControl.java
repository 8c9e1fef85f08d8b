package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Replays, cancels and discards single events.
final class BrokerDeliveryControl implements DeliveryControl {

  private static final Set<DeliveryStatus> FINISHED =
      EnumSet.of(DeliveryStatus.COMPLETED, DeliveryStatus.FAILED, DeliveryStatus.CANCELLED);

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
  public ControlResult replay(EventId id) {
    Optional<RedisEvent> event = redisEvents.find(id);
    if (event.isEmpty()) {
      return new ControlResult.NotFound();
    }
    int changed =
        replays.replay(event.get(), delivery -> FINISHED.contains(delivery.state().status()));
    return result(id, changed);
  }

  @Override
  public ControlResult cancel(EventId id) {
    return control("cancel", id);
  }

  @Override
  public ControlResult discard(EventId id) {
    return control("discard", id);
  }

  @Override
  public int cancelWaiting(SubscriptionName subscription, int limit) {
    var arguments = new ArrayList<>(List.of("cancel", ""));
    for (String id : new WaitingDeliveries(redis).ids(subscription, limit)) {
      arguments.add(id);
      arguments.add(subscription.value());
    }
    return scripts.run(Scripts.CONTROL, arguments).stream().mapToInt(Integer::parseInt).sum();
  }

  private ControlResult control(String request, EventId id) {
    List<String> changed = scripts.run(Scripts.CONTROL, List.of(request, "", id.value(), ""));
    return result(id, Integer.parseInt(changed.getFirst()));
  }

  private ControlResult result(EventId id, int changed) {
    Optional<RedisEvent> event = redisEvents.find(id);
    if (event.isEmpty()) {
      return new ControlResult.NotFound();
    }
    return changed == 0
        ? new ControlResult.NotAllowed(event.get().summary())
        : new ControlResult.Changed(event.get().summary(), changed);
  }
}
