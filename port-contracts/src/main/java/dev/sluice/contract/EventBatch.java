package dev.sluice.contract;

import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Settlement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// Events that are stored together and whose attempts are settled together.
final class EventBatch {

  private final StorageFixture fixture;
  private final List<NewEvent> events = new ArrayList<>();
  private final Map<EventId, Queue<Resolution>> attempts = new HashMap<>();

  EventBatch(StorageFixture fixture) {
    this.fixture = fixture;
  }

  /// @param resolutions the outcomes of the attempts of the event's one delivery, each due now
  void add(NewEvent event, Resolution... resolutions) {
    events.add(event);
    attempts.put(event.event().id(), new ArrayDeque<>(List.of(resolutions)));
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
    Queue<Resolution> left = attempts.getOrDefault(claim.event().id(), new ArrayDeque<>());
    if (left.isEmpty()) {
      throw new AssertionError("claimed once too often: " + claim.delivery());
    }
    return new Settlement(claim, left.remove());
  }
}
