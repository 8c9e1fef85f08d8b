package dev.sluice.application;

import dev.sluice.application.access.AccessKeys;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.filter.FilterFormat;
import dev.sluice.domain.port.ContentDigests;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.port.StoragePorts;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.schedule.CronFormat;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Everything outside that the use cases depend on.
///
/// @param ports the storage
/// @param queues reports the broker's queues, if the storage has a broker
/// @param builtIn the subscription that holds while no other is stored
/// @param handlers process events, by the kind of destination that they deliver to
/// @param destinations checks and completes subscriptions before they are stored
/// @param digests compares contents
/// @param filters reads the filters of subscriptions
/// @param cron reads the cron expressions of schedules
/// @param listeners receive transitions, in addition to the application's own
/// @param clock the wall clock and the monotonic clock
/// @param random for the jitter of retries
/// @param ids makes event ids
/// @param keys where the keys of callers come from
public record Dependencies(
    StoragePorts ports,
    Supplier<Optional<QueueReport>> queues,
    Subscription builtIn,
    Map<String, EventHandler> handlers,
    DestinationPreparation destinations,
    ContentDigests digests,
    FilterFormat filters,
    CronFormat cron,
    List<TransitionListener> listeners,
    TimeSource clock,
    RandomGenerator random,
    Supplier<EventId> ids,
    AccessKeys.Source keys) {

  public Dependencies {
    handlers = Map.copyOf(handlers);
    listeners = List.copyOf(listeners);
  }
}
