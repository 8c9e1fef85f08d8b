package dev.sluice.adapter.broker;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Replays, cancels and discards single events.
final class BrokerDeliveryControl implements DeliveryControl {

  private static final Set<DeliveryStatus> FINISHED =
      EnumSet.of(DeliveryStatus.COMPLETED, DeliveryStatus.FAILED, DeliveryStatus.CANCELLED);

  private final RedisEvents redisEvents;
  private final Scripts scripts;
  private final Replays replays;

  BrokerDeliveryControl(RedisEvents redisEvents, Scripts scripts, Replays replays) {
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
