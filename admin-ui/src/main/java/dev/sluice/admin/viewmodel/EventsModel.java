package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Profile.SavedView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Model of a list of events that match a query, with the selection in it.
///
/// The events screen uses it for all events; the dead letters screen uses it with a frame that
/// every query stays within.
public final class EventsModel implements ScreenLifecycle {

  private final Session session;
  private final UnaryOperator<Filter> frame;
  private final RowList list;
  private final StringProperty text = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<EventQuery> query =
      new ReadOnlyObjectWrapper<>(EventQuery.ALL);
  private final ReadOnlyObjectWrapper<List<String>> mistakes =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Set<String>> selection =
      new ReadOnlyObjectWrapper<>(Set.of());

  /// @param frame narrows the filter of every query
  EventsModel(Session session, UnaryOperator<Filter> frame) {
    this.session = session;
    this.frame = frame;
    this.list = new RowList(session);
    list.restart(frame.apply(Filter.ALL));
  }

  /// Returns the text of the query bar; it takes effect with [#apply()].
  public StringProperty text() {
    return text;
  }

  /// Returns the current query.
  public ReadOnlyObjectProperty<EventQuery> query() {
    return query.getReadOnlyProperty();
  }

  /// Returns the errors in the text that was applied last; empty if it is valid. An invalid text
  /// leaves the previous query in effect, with its list and actions.
  public ReadOnlyObjectProperty<List<String>> mistakes() {
    return mistakes.getReadOnlyProperty();
  }

  public RowList list() {
    return list;
  }

  /// Returns the ids of the selected events. Actions use these ids, never rows.
  public ReadOnlyObjectProperty<Set<String>> selection() {
    return selection.getReadOnlyProperty();
  }

  /// Replaces the selection.
  public void mark(Set<String> ids) {
    if (!ids.equals(selection.get())) {
      selection.set(Set.copyOf(ids));
    }
  }

  /// Returns the selected events that have no failed delivery, as the list shows them.
  public Set<String> selectedWithoutFailed() {
    return list.rows().stream()
        .filter(row -> selection.get().contains(row.id()))
        .filter(row -> hasNoFailed(row.data().get().status()))
        .map(EventRow::id)
        .collect(Collectors.toSet());
  }

  /// An event is failed, or unfinished, if one of its deliveries is.
  private static boolean hasNoFailed(Status status) {
    return status == Status.COMPLETED || status == Status.CANCELLED || status == Status.EXPIRED;
  }

  /// Applies the text of the query bar. An invalid text changes nothing but the reported mistakes.
  ///
  /// @return the id of the event that the query names, if it names one
  public Optional<String> apply() {
    EventQuery parsed = EventQuery.parse(text.get());
    if (parsed.id().isPresent() && parsed.mistakes().isEmpty()) {
      return parsed.id();
    }
    apply(parsed);
    return Optional.empty();
  }

  /// Applies a query.
  public void apply(EventQuery wanted) {
    mistakes.set(wanted.mistakes());
    if (wanted.mistakes().isEmpty()) {
      query.set(wanted);
      text.set(wanted.toString());
      restart();
    }
  }

  /// Reloads the list with the current query, as after a change of the frame.
  void restart() {
    mark(Set.of());
    list.restart(frame.apply(query.get().filter(session.now(), session.types())));
    list.rounds().refresh();
  }

  /// Returns the filter for a bulk action on the listed events.
  public Filter filter() {
    return list.filter();
  }

  /// Returns the saved views with the current query added under a name, replacing a view of that
  /// name.
  public List<SavedView> viewsWith(String name, List<SavedView> before) {
    List<SavedView> views = new ArrayList<>(before);
    views.removeIf(view -> view.name().equals(name));
    views.add(new SavedView(name, query.get().toString()));
    return views;
  }

  @Override
  public void show() {
    list.rounds().show();
  }

  @Override
  public void hide() {
    list.rounds().hide();
  }

  @Override
  public void refresh() {
    list.rounds().refresh();
  }

  @Override
  public Optional<Instant> asOf() {
    return list.rounds().asOf().get();
  }

  @Override
  public void close() {
    list.rounds().close();
  }
}
