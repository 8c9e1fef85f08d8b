package dev.sluice.adapter.jdbc;

import static java.util.stream.Collectors.toMap;

import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The results of a batch as they come in. An event whose id was taken, but is not there any more
/// when it is looked for, stays open: retention took the other one away in between.
public final class Appending {

  /// So often an event is stored again whose id was taken by one that was gone a moment later.
  private static final int ROUNDS = 3;

  private final List<NewEvent> batch;
  private final @Nullable AppendResult[] results;
  private int open;
  private boolean hasStored;

  private Appending(List<NewEvent> batch) {
    this.batch = batch;
    this.results = new @Nullable AppendResult[batch.size()];
    this.open = batch.size();
  }

  /// What stores events and tells of those that are stored.
  public interface Store {

    /// Stores what it can.
    ///
    /// @return for each event how it is stored; null when its id is taken
    /// @throws DiskFullException when nothing was stored for want of room
    List<@Nullable EventSummary> store(List<NewEvent> events);

    /// Those among the ids that are stored; each is named once.
    List<ExistingEvent> existing(List<EventId> ids);
  }

  /// Stores each event whose id is free.
  public static List<AppendResult> run(List<NewEvent> batch, Store store, FullDiskNotice fullDisk) {
    var appending = new Appending(batch);
    try {
      for (int round = 0; round < ROUNDS && appending.open > 0; round++) {
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
    List<NewEvent> events = openEvents();
    List<@Nullable EventSummary> stored = store.store(events);
    Map<EventId, ExistingEvent> existing = existing(store, events, stored);
    int next = 0;
    for (int place = 0; place < results.length; place++) {
      if (results[place] == null) {
        EventSummary summary = stored.get(next);
        ExistingEvent other = existing.get(events.get(next).event().id());
        next++;
        if (summary != null) {
          settle(place, new AppendResult.Stored(summary));
          hasStored = true;
        } else if (other != null) {
          settle(place, new AppendResult.Duplicate(other));
        }
      }
    }
  }

  private List<NewEvent> openEvents() {
    if (open == batch.size()) {
      return batch;
    }
    var events = new ArrayList<NewEvent>(open);
    for (int place = 0; place < results.length; place++) {
      if (results[place] == null) {
        events.add(batch.get(place));
      }
    }
    return events;
  }

  private static Map<EventId, ExistingEvent> existing(
      Store store, List<NewEvent> events, List<@Nullable EventSummary> stored) {
    var ids = new LinkedHashSet<EventId>(0);
    for (int index = 0; index < events.size(); index++) {
      if (stored.get(index) == null) {
        ids.add(events.get(index).event().id());
      }
    }
    if (ids.isEmpty()) {
      return Map.of();
    }
    return store.existing(List.copyOf(ids)).stream()
        .collect(toMap(ExistingEvent::id, Function.identity()));
  }

  private void settle(int place, AppendResult result) {
    results[place] = result;
    open--;
  }

  private void fill(AppendResult result) {
    for (int place = 0; place < results.length; place++) {
      if (results[place] == null) {
        settle(place, result);
      }
    }
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
