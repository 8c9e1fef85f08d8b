package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The results of a batch as they come in. An event whose id was taken, but is not there any more
/// when it is looked for, stays open: retention took the other one away in between.
final class Appending {

  /// So often an event is stored again whose id was taken by one that was gone a moment later.
  private static final int ROUNDS = 3;

  private final List<NewEvent> batch;
  private final @Nullable AppendResult[] results;
  private List<Integer> open;
  private boolean hasStored;

  private Appending(List<NewEvent> batch) {
    this.batch = batch;
    this.results = new @Nullable AppendResult[batch.size()];
    this.open = IntStream.range(0, batch.size()).boxed().toList();
  }

  /// What stores events and tells of those that are stored.
  interface Store {

    /// Stores what it can.
    ///
    /// @return for each event how it is stored; null when its id is taken
    /// @throws DiskFullException when nothing was stored for want of room
    List<@Nullable EventSummary> store(List<NewEvent> events);

    /// Those among the ids that are stored; each is named once.
    List<ExistingEvent> existing(List<EventId> ids);
  }

  /// Stores each event whose id is free.
  static List<AppendResult> run(List<NewEvent> batch, Store store, FullDiskNotice fullDisk) {
    var appending = new Appending(batch);
    try {
      for (int round = 0; round < ROUNDS && !appending.open.isEmpty(); round++) {
        appending.round(store);
      }
      appending.fill(new AppendResult.Contended());
      if (appending.hasStored) {
        fullDisk.hasRoom();
      }
    } catch (DiskFullException e) {
      fullDisk.tell(e);
      appending.fill(new AppendResult.Full());
    }
    return appending.results();
  }

  private void round(Store store) {
    List<NewEvent> events = open.stream().map(batch::get).toList();
    List<@Nullable EventSummary> stored = store.store(events);
    Map<EventId, ExistingEvent> existing = existing(store, events, stored);
    var stillOpen = new ArrayList<Integer>();
    for (int index = 0; index < open.size(); index++) {
      int place = open.get(index);
      EventSummary summary = stored.get(index);
      ExistingEvent other = existing.get(events.get(index).event().id());
      if (summary != null) {
        results[place] = new AppendResult.Stored(summary);
        hasStored = true;
      } else if (other != null) {
        results[place] = new AppendResult.Duplicate(other);
      } else {
        stillOpen.add(place);
      }
    }
    open = stillOpen;
  }

  private static Map<EventId, ExistingEvent> existing(
      Store store, List<NewEvent> events, List<@Nullable EventSummary> stored) {
    List<EventId> ids =
        IntStream.range(0, events.size())
            .filter(index -> stored.get(index) == null)
            .mapToObj(index -> events.get(index).event().id())
            .distinct()
            .toList();
    Map<EventId, ExistingEvent> existing = HashMap.newHashMap(ids.size());
    if (!ids.isEmpty()) {
      store.existing(ids).forEach(event -> existing.put(event.id(), event));
    }
    return existing;
  }

  private void fill(AppendResult result) {
    open.forEach(place -> results[place] = result);
    open = List.of();
  }

  private List<AppendResult> results() {
    var all = new ArrayList<AppendResult>(results.length);
    for (AppendResult result : results) {
      if (result == null) {
        throw new IllegalStateException("an event of the batch has no result");
      }
      all.add(result);
    }
    return all;
  }
}
