package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.codec.SubscriptionNames;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.BulkStep.ChangedEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Applies the action of a bulk job to events.
final class BulkChanges {

  private final Scripts scripts;
  private final Replays replays;

  BulkChanges(Scripts scripts, Replays replays) {
    this.scripts = scripts;
    this.replays = replays;
  }

  /// Changes the deliveries that the plan chooses and that have not changed since it was planned.
  ///
  /// @return the events that changed
  List<ChangedEvent> apply(BulkPlan plan, List<RedisEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    List<List<SubscriptionName>> subscriptions =
        plan.action().isReplay() ? replay(plan, events) : takeOut(plan, events);
    var changed = new ArrayList<ChangedEvent>();
    for (int index = 0; index < subscriptions.size(); index++) {
      if (!subscriptions.get(index).isEmpty()) {
        Event event = events.get(index).event();
        changed.add(
            new ChangedEvent(
                event.id(), event.type(), event.attributes().key(), subscriptions.get(index)));
      }
    }
    return changed;
  }

  private List<List<SubscriptionName>> replay(BulkPlan plan, List<RedisEvent> events) {
    return replays.replay(
        events.stream().map(event -> new Replays.Request(event, plan::appliesTo)).toList());
  }

  private List<List<SubscriptionName>> takeOut(BulkPlan plan, List<RedisEvent> events) {
    var arguments = new ArrayList<String>();
    arguments.add(plan.action().wireName());
    arguments.add(Micros.text(plan.plannedAt()));
    for (RedisEvent event : events) {
      arguments.add(event.event().id().value());
      arguments.add(meant(plan, event));
    }
    return scripts.run(Scripts.CONTROL, arguments).stream().map(SubscriptionNames::decode).toList();
  }

  /// Returns the names of the chosen subscriptions, or a name that no subscription can have if
  /// there are none.
  private static String meant(BulkPlan plan, RedisEvent event) {
    String names =
        event.summary().deliveries().stream()
            .filter(plan::appliesTo)
            .map(delivery -> delivery.subscription().value())
            .collect(Collectors.joining(" "));
    return names.isEmpty() ? "-none-" : names;
  }
}
