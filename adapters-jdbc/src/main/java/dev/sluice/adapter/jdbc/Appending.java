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

/// Collects the results of a batch of events. An event whose id is taken by an event that is gone
/// when it is looked up stays open and is stored again: retention deleted the other event in
/// between.
public final class Appending {

  /// Most tries to store an event whose id was taken by an event that was deleted a moment later.
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

  /// Stores events and looks up stored ones.
  public interface Store {

    /// Stores each event whose id is free.
    ///
    /// @return a summary of each stored event; null where the id is taken
    /// @throws DiskFullException when the disk is full; nothing was stored
    List<@Nullable EventSummary> store(List<NewEvent> events);

    /// Returns the stored events with these ids, each once.
    List<ExistingEvent> existing(List<EventId> ids);
  }

  /// Stores each event whose id is free, and returns a result for each event.
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
      fullDisk.announce(e);
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
