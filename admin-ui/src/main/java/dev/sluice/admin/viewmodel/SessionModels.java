package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Filter;
import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.model.EventLines;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The models of one session: one for each screen, and one for the open event.
public final class SessionModels {

  private final Session session;
  private final Consumer<Notice> notices;
  private final OverviewModel overview;
  private final EventsModel events;
  private final DeadLettersModel deadLetters;
  private final SubscriptionsModel subscriptions;
  private final OrderedSubscriptionsModel ordered;
  private final SchedulesModel schedules;
  private final NodesModel nodes;
  private final ActivityModel activity;
  private final ReadOnlyObjectWrapper<Optional<EventModel>> open =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  SessionModels(Session session, Consumer<Notice> notices) {
    this.session = session;
    this.notices = notices;
    this.overview = new OverviewModel(session);
    this.events = new EventsModel(session, UnaryOperator.identity());
    this.deadLetters = new DeadLettersModel(session);
    this.subscriptions = new SubscriptionsModel(session, notices);
    this.ordered = new OrderedSubscriptionsModel(session, notices);
    this.schedules = new SchedulesModel(session, notices);
    this.nodes = new NodesModel(session);
    this.activity = new ActivityModel(session, notices);
  }

  public Session session() {
    return session;
  }

  public OverviewModel overview() {
    return overview;
  }

  public EventsModel events() {
    return events;
  }

  public DeadLettersModel deadLetters() {
    return deadLetters;
  }

  public SubscriptionsModel subscriptions() {
    return subscriptions;
  }

  public OrderedSubscriptionsModel ordered() {
    return ordered;
  }

  public SchedulesModel schedules() {
    return schedules;
  }

  public NodesModel nodes() {
    return nodes;
  }

  public ActivityModel activity() {
    return activity;
  }

  /// Returns the open event.
  public ReadOnlyObjectProperty<Optional<EventModel>> open() {
    return open.getReadOnlyProperty();
  }

  public void open(String id) {
    if (open.get().map(EventModel::id).filter(id::equals).isPresent()) {
      return;
    }
    open.get().map(EventModel::polledValues).ifPresent(ScreenLifecycle::close);
    var model = new EventModel(session, id, notices);
    open.set(Optional.of(model));
    model.polledValues().show();
  }

  /// Closes the open event.
  public void closeEvent() {
    open.get().map(EventModel::polledValues).ifPresent(ScreenLifecycle::close);
    open.set(Optional.empty());
  }

  /// Returns a model for sending a new event.
  public SendModel newEvent() {
    return new SendModel(session);
  }

  /// Creates a run of an action on events.
  ///
  /// @param withoutFailed ids of those that have no failed delivery
  public SelectionRun run(
      EventAction eventAction, Collection<String> ids, Set<String> withoutFailed) {
    return new SelectionRun(session, eventAction, ids, withoutFailed);
  }

  /// Creates an export of the events that match a filter.
  public Export export(Filter filter, Path file) {
    return new Export(session, filter, file, EventLines.forName(file.toString()));
  }

  /// Returns the model of a screen; the settings belong to no session.
  Optional<ScreenLifecycle> model(Screen screen) {
    return switch (screen) {
      case OVERVIEW -> Optional.of(overview);
      case EVENTS -> Optional.of(events);
      case DEAD_LETTERS -> Optional.of(deadLetters);
      case SUBSCRIPTIONS -> Optional.of(subscriptions);
      case LANES -> Optional.of(ordered);
      case SCHEDULES -> Optional.of(schedules.polledValues());
      case NODES -> Optional.of(nodes.polledValues());
      case ACTIVITY -> Optional.of(activity);
      case SETTINGS -> Optional.empty();
    };
  }

  /// Returns when the data of a screen was received.
  public Optional<java.time.Instant> asOf(Screen screen) {
    return model(screen).flatMap(ScreenLifecycle::asOf);
  }

  void close() {
    closeEvent();
    for (Screen screen : Screen.values()) {
      model(screen).ifPresent(ScreenLifecycle::close);
    }
    session.close();
  }
}
