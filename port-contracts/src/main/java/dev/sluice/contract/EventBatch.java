package dev.sluice.contract;

import dev.sluice.domain.delivery.DeliveryId;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// Events that are stored together and whose attempts are settled together.
final class EventBatch {

  private final StorageFixture fixture;
  private final List<NewEvent> events = new ArrayList<>();
  private final Map<DeliveryId, Queue<Resolution>> attempts = new HashMap<>();

  EventBatch(StorageFixture fixture) {
    this.fixture = fixture;
  }

  /// @param resolutions the outcomes of the attempts of the event's one delivery, each due now
  void add(NewEvent event, Resolution... resolutions) {
    events.add(event);
    event.subscriptions().forEach(name -> settle(event, name, List.of(resolutions)));
  }

  /// @param resolutions the outcomes of the attempts of each delivery of the event, each but the
  ///   last due now
  void add(Event event, Map<SubscriptionName, List<Resolution>> resolutions) {
    var newEvent =
        new NewEvent(
            event,
            resolutions.keySet().stream()
                .sorted(Comparator.comparing(SubscriptionName::value))
                .toList());
    events.add(newEvent);
    resolutions.forEach((name, outcomes) -> settle(newEvent, name, outcomes));
  }

  private void settle(NewEvent event, SubscriptionName name, List<Resolution> outcomes) {
    attempts.put(new DeliveryId(event.event().id(), name), new ArrayDeque<>(outcomes));
  }

  /// Stores the events and settles all attempts; the batch is empty afterwards.
  void process() {
    fixture.events().append(List.copyOf(events));
    int left = attempts.values().stream().mapToInt(Queue::size).sum();
    while (left > 0) {
      List<Claim> claims =
          fixture
              .queue()
              .claim(StorageFixture.WORKER, QuotaSamples.upTo(events.size()), StorageFixture.LEASE);
      if (claims.isEmpty()) {
        throw new AssertionError(left + " attempts are left, and no delivery is due");
      }
      fixture.queue().settle(claims.stream().map(this::settlement).toList());
      left -= claims.size();
    }
    events.clear();
    attempts.clear();
  }

  private Settlement settlement(Claim claim) {
    Queue<Resolution> left = attempts.getOrDefault(claim.delivery(), new ArrayDeque<>());
    if (left.isEmpty()) {
      throw new AssertionError("claimed once too often: " + claim.delivery());
    }
    return new Settlement(claim, left.remove());
  }
}
