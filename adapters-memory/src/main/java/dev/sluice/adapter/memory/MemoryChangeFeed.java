package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.ChangeFeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Carries changes between the nodes of one process. A node does not receive its own changes, so
/// the feed stays empty where there is only one node.
final class MemoryChangeFeed implements ChangeFeed {

  private final InstantSource clock;

  // All guarded by this object's monitor.
  private final Map<WorkerId, Instant> wantedUntil = new HashMap<>();
  private final Deque<Published> published = new ArrayDeque<>();
  private long end;

  MemoryChangeFeed(InstantSource clock) {
    this.clock = clock;
  }

  private record Published(long number, Instant at, ChangeBatch batch) {}

  @Override
  public synchronized void want(WorkerId node, Duration time) {
    wantedUntil.put(node, clock.instant().plus(time));
  }

  @Override
  public synchronized boolean isWanted(WorkerId node) {
    Instant now = clock.instant();
    wantedUntil.values().removeIf(until -> !until.isAfter(now));
    return wantedUntil.keySet().stream().anyMatch(other -> !other.equals(node));
  }

  @Override
  public synchronized void publish(ChangeBatch batch) {
    end++;
    published.add(new Published(end, clock.instant(), batch));
    forget();
  }

  private void forget() {
    Instant oldest = clock.instant().minus(MEMORY);
    while (!published.isEmpty() && !published.getFirst().at().isAfter(oldest)) {
      published.removeFirst();
    }
  }

  @Override
  public synchronized long end() {
    return end;
  }

  @Override
  public synchronized Slice readAfter(long position, WorkerId node, int limit) {
    List<ChangeBatch> batches = new ArrayList<>();
    long last = position;
    for (Published one : published) {
      if (one.number() > position && batches.size() < limit && !one.batch().node().equals(node)) {
        batches.add(one.batch());
        last = one.number();
      }
    }
    return new Slice(batches, last);
  }
}
