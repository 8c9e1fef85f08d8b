package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Filter;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Profile.SavedView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// A list of events that a query chooses, and the selection in it.
///
/// Used for all events, and for dead letters within a frame that the query cannot leave.
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

  /// @param frame narrows what a query chooses
  EventsModel(Session session, UnaryOperator<Filter> frame) {
    this.session = session;
    this.frame = frame;
    this.list = new RowList(session);
    list.restart(frame.apply(Filter.ALL));
  }

  /// What stands in the query bar; takes effect with [#apply()].
  public StringProperty text() {
    return text;
  }

  /// The query in effect.
  public ReadOnlyObjectProperty<EventQuery> query() {
    return query.getReadOnlyProperty();
  }

  /// What is not understood of the text that was put into effect last; empty when all is. The query
  /// in effect is then still the one before, with its list and its actions.
  public ReadOnlyObjectProperty<List<String>> mistakes() {
    return mistakes.getReadOnlyProperty();
  }

  /// The events.
  public RowList list() {
    return list;
  }

  /// Marked events, by their ids. Actions take these, never rows.
  public ReadOnlyObjectProperty<Set<String>> selection() {
    return selection.getReadOnlyProperty();
  }

  /// Marks these events and no others.
  public void mark(Set<String> ids) {
    if (!ids.equals(selection.get())) {
      selection.set(Set.copyOf(ids));
    }
  }

  /// Puts the text of the query bar into effect. A text with mistakes changes nothing but what is
  /// said of them.
  ///
  /// @return the id of an event, when that is what was asked for
  public Optional<String> apply() {
    EventQuery parsed = EventQuery.parse(text.get());
    if (parsed.id().isPresent() && parsed.mistakes().isEmpty()) {
      return parsed.id();
    }
    apply(parsed);
    return Optional.empty();
  }

  /// Puts a query into effect.
  public void apply(EventQuery wanted) {
    mistakes.set(wanted.mistakes());
    if (wanted.mistakes().isEmpty()) {
      query.set(wanted);
      text.set(wanted.toString());
      restart();
    }
  }

  /// Begins again with the query in effect, as after a change of the frame.
  void restart() {
    mark(Set.of());
    list.restart(frame.apply(query.get().filter(session.now(), session.types())));
    list.rounds().refresh();
  }

  /// What an action on everything that is listed would be about.
  public Filter filter() {
    return list.filter();
  }

  /// Views of a profile with the query in effect under a name, in the place of the one that has it.
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
