package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.EventSummary;
import dev.sluice.admin.api.Fault;
import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The events that match a filter, newest first. The list grows by pages as the user scrolls, and
/// updates rows in place without moving them.
///
/// Each round requests the newest page and the page in view. Known events are updated in place; new
/// events wait until [#showWaiting].
public final class RowList {

  /// Maximum number of rows; to see older events, narrow the filter.
  public static final int MOST_ROWS = 100_000;

  private static final Duration PACE = Duration.ofSeconds(2);
  private static final int HEAD = 100;
  private static final int PAGE = 200;

  private final Session session;
  private final ObservableList<EventRow> rows = FXCollections.observableArrayList();
  private final Map<String, EventRow> byId = new HashMap<>();
  private final ReadOnlyObjectWrapper<Waiting> waiting = new ReadOnlyObjectWrapper<>(Waiting.NONE);
  private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper complete = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Optional<Fault>> moreFault =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final Polled<Round> rounds;

  /// Read by the request thread: a single object, so that the thread never sees half of a change.
  private volatile Wanted wanted = new Wanted(0, Filter.ALL, Optional.empty());

  private Optional<String> next = Optional.empty();
  private final ReadOnlyBooleanWrapper begun = new ReadOnlyBooleanWrapper();

  /// The new events that are not shown yet.
  ///
  /// @param many whether there are more than `count`
  public record Waiting(int count, boolean many) {

    static final Waiting NONE = new Waiting(0, false);

    /// Returns the label of the button that shows the new events.
    public String text() {
      return count + (many ? "+" : "") + " new";
    }
  }

  /// Parameters of the next round.
  ///
  /// @param generation changes when the filter changes or the list is replaced
  /// @param viewed cursor of the page in view; empty for the newest page
  private record Wanted(long generation, Filter filter, Optional<String> viewed) {}

  /// The result of one round.
  public record Round(
      long generation, Page<EventSummary> head, Optional<Page<EventSummary>> viewed) {}

  RowList(Session session) {
    this.session = session;
    this.rounds = session.polled(PACE, this::round);
    rounds
        .value()
        .addListener(
            (_, _, round) -> {
              if (round != null && isCurrent(round.generation)) {
                apply(round);
              }
            });
  }

  /// Runs off the screen's thread.
  private Round round() {
    Wanted now = wanted;
    var client = session.client();
    Page<EventSummary> head = client.events(now.filter, Optional.empty(), HEAD);
    return new Round(
        now.generation,
        head,
        now.viewed.map(cursor -> client.events(now.filter, Optional.of(cursor), PAGE)));
  }

  private boolean isCurrent(long generation) {
    return generation == wanted.generation;
  }

  /// Clears the list and starts again with another filter.
  void restart(Filter other) {
    wanted = new Wanted(wanted.generation + 1, other, Optional.empty());
    begun.set(false);
    next = Optional.empty();
    rows.clear();
    byId.clear();
    waiting.set(Waiting.NONE);
    complete.set(false);
    loading.set(false);
    moreFault.set(Optional.empty());
    rounds.forget();
  }

  private void apply(Round round) {
    if (!begun.get()) {
      replaceBy(round.head);
      begun.set(true);
      return;
    }
    follow(round.head.items());
    round.viewed.ifPresent(page -> follow(page.items()));
    waiting.set(waitingIn(round.head));
    if (rows.isEmpty() && waiting.get().count > 0) {
      replaceBy(round.head);
    }
  }

  /// Replaces the whole list. A further page in progress belongs to the old list and is dropped.
  private void replaceBy(Page<EventSummary> head) {
    if (loading.get()) {
      wanted = new Wanted(wanted.generation + 1, wanted.filter, Optional.empty());
      loading.set(false);
    }
    byId.clear();
    rows.setAll(rowsOf(head, Optional.empty()));
    goOnAfter(head);
    waiting.set(Waiting.NONE);
  }

  private List<EventRow> rowsOf(Page<EventSummary> page, Optional<String> cursor) {
    List<EventRow> made = new ArrayList<>();
    for (EventSummary event : page.items()) {
      if (!byId.containsKey(event.eventId())) {
        var row = new EventRow(event, cursor);
        byId.put(event.eventId(), row);
        made.add(row);
      }
    }
    return made;
  }

  private void goOnAfter(Page<EventSummary> page) {
    next = page.next();
    complete.set(next.isEmpty());
  }

  /// Updates known rows. A row that lies between two listed rows but is not listed itself has left
  /// the filter.
  private void follow(List<EventSummary> items) {
    Set<String> listed = new HashSet<>();
    for (EventSummary event : items) {
      EventRow row = byId.get(event.eventId());
      if (row != null) {
        row.update(event);
        listed.add(event.eventId());
      }
    }
    if (listed.isEmpty()) {
      return;
    }
    int left = listed.size();
    int place = firstPlaceOf(items);
    while (left > 0 && place < rows.size()) {
      EventRow row = rows.get(place++);
      if (listed.contains(row.id())) {
        left--;
      } else {
        row.leave();
      }
    }
  }

  private int firstPlaceOf(List<EventSummary> items) {
    return items.stream()
        .map(event -> byId.get(event.eventId()))
        .filter(row -> row != null)
        .findFirst()
        .map(rows::indexOf)
        .orElse(rows.size());
  }

  private Waiting waitingIn(Page<EventSummary> head) {
    long fresh = head.items().stream().filter(event -> !byId.containsKey(event.eventId())).count();
    boolean all = fresh == head.items().size();
    return new Waiting((int) fresh, fresh > 0 && all && head.next().isPresent());
  }

  /// Inserts the waiting events. Known events keep their row objects.
  public void showWaiting() {
    rounds.last().filter(round -> isCurrent(round.generation)).ifPresent(this::takeIn);
  }

  private void takeIn(Round round) {
    Page<EventSummary> head = round.head;
    if (waiting.get().many || rows.isEmpty()) {
      replaceBy(head);
      return;
    }
    Set<String> ofHead = new HashSet<>();
    List<EventRow> merged = new ArrayList<>();
    for (EventSummary event : head.items()) {
      ofHead.add(event.eventId());
      merged.add(byId.computeIfAbsent(event.eventId(), _ -> new EventRow(event, Optional.empty())));
    }
    int below = placeBelow(ofHead);
    List<EventRow> dropped =
        rows.subList(0, below).stream().filter(row -> !ofHead.contains(row.id())).toList();
    dropped.forEach(row -> byId.remove(row.id()));
    merged.addAll(rows.subList(below, rows.size()));
    rows.setAll(merged);
    waiting.set(Waiting.NONE);
  }

  /// Returns the index of the first row below the newest page.
  private int placeBelow(Set<String> ofHead) {
    int below = 0;
    for (int place = 0; place < Math.min(rows.size(), HEAD * 2); place++) {
      if (ofHead.contains(rows.get(place).id())) {
        below = place + 1;
      }
    }
    return below;
  }

  /// Reports which rows are in view: their page is polled, and near the end the next page is
  /// loaded.
  public void look(int first, int last) {
    if (rows.isEmpty() || first < 0) {
      return;
    }
    Optional<String> viewed = rows.get(Math.min((first + last) / 2, rows.size() - 1)).page();
    wanted = new Wanted(wanted.generation, wanted.filter, viewed);
    // After a failure only on request; otherwise a failing page would be requested without end.
    if (last >= rows.size() - PAGE / 2 && moreFault.get().isEmpty()) {
      loadMore();
    }
  }

  public void loadMore() {
    if (loading.get() || next.isEmpty() || rows.size() >= MOST_ROWS) {
      return;
    }
    loading.set(true);
    moreFault.set(Optional.empty());
    Wanted asked = wanted;
    Optional<String> cursor = next;
    session.ask(
        () -> session.client().events(asked.filter, cursor, PAGE),
        page -> {
          if (isCurrent(asked.generation)) {
            loading.set(false);
            rows.addAll(rowsOf(page, cursor));
            goOnAfter(page);
          }
        },
        fault -> {
          if (isCurrent(asked.generation)) {
            loading.set(false);
            moreFault.set(Optional.of(fault));
          }
        });
  }

  /// Returns the rows, newest first.
  public ObservableList<EventRow> rows() {
    return rows;
  }

  /// Returns the row of an event, if it is listed.
  public Optional<EventRow> row(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The new events that are not shown yet.
  public ReadOnlyObjectProperty<Waiting> waiting() {
    return waiting.getReadOnlyProperty();
  }

  /// Whether the first page for this filter was received.
  public ReadOnlyBooleanProperty begun() {
    return begun.getReadOnlyProperty();
  }

  /// Whether a further page is loading.
  public ReadOnlyBooleanProperty loading() {
    return loading.getReadOnlyProperty();
  }

  /// Whether all matching events are loaded.
  public ReadOnlyBooleanProperty complete() {
    return complete.getReadOnlyProperty();
  }

  /// Returns why the next page could not be loaded.
  public ReadOnlyObjectProperty<Optional<Fault>> moreFault() {
    return moreFault.getReadOnlyProperty();
  }

  /// Returns the polled rounds.
  public Polled<Round> rounds() {
    return rounds;
  }

  /// Returns the filter of the list.
  public Filter filter() {
    return wanted.filter;
  }
}
