package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Filter;
import dev.sluice.admin.model.EventLines;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The models of one session, a screen each, and the event that is open beside them.
public final class SessionModels {

  private final Session session;
  private final Consumer<Notice> told;
  private final OverviewModel overview;
  private final EventsModel events;
  private final DeadLettersModel deadLetters;
  private final SubscriptionsModel subscriptions;
  private final NodesModel nodes;
  private final ActivityModel activity;
  private final ReadOnlyObjectWrapper<Optional<EventModel>> open =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  SessionModels(Session session, Consumer<Notice> told) {
    this.session = session;
    this.told = told;
    this.overview = new OverviewModel(session);
    this.events = new EventsModel(session, UnaryOperator.identity());
    this.deadLetters = new DeadLettersModel(session);
    this.subscriptions = new SubscriptionsModel(session, told);
    this.nodes = new NodesModel(session);
    this.activity = new ActivityModel(session, told);
  }

  /// The work with the service.
  public Session session() {
    return session;
  }

  /// How the service is, in one glance.
  public OverviewModel overview() {
    return overview;
  }

  /// All events.
  public EventsModel events() {
    return events;
  }

  /// Dead letters.
  public DeadLettersModel deadLetters() {
    return deadLetters;
  }

  /// Who takes events.
  public SubscriptionsModel subscriptions() {
    return subscriptions;
  }

  /// Who works on them.
  public NodesModel nodes() {
    return nodes;
  }

  /// What operators did.
  public ActivityModel activity() {
    return activity;
  }

  /// The event that is open.
  public ReadOnlyObjectProperty<Optional<EventModel>> open() {
    return open.getReadOnlyProperty();
  }

  /// Opens an event.
  public void open(String id) {
    if (open.get().map(EventModel::id).filter(id::equals).isPresent()) {
      return;
    }
    open.get().map(EventModel::polledValues).ifPresent(ScreenLifecycle::close);
    var model = new EventModel(session, id, told);
    open.set(Optional.of(model));
    model.polledValues().show();
  }

  /// Closes the event that is open.
  public void closeEvent() {
    open.get().map(EventModel::polledValues).ifPresent(ScreenLifecycle::close);
    open.set(Optional.empty());
  }

  /// A new event to write and send.
  public SendModel newEvent() {
    return new SendModel(session);
  }

  /// Does something to events by their ids.
  public SelectionRun run(EventAction eventAction, java.util.Collection<String> ids) {
    return new SelectionRun(session, eventAction, ids);
  }

  /// Writes the events of a filter into a file.
  public Export export(Filter filter, Path file) {
    return new Export(session, filter, file, EventLines.forName(file.toString()));
  }

  /// The model of a screen; settings belong to no session.
  Optional<ScreenLifecycle> model(Screen screen) {
    return switch (screen) {
      case OVERVIEW -> Optional.of(overview);
      case EVENTS -> Optional.of(events);
      case DEAD_LETTERS -> Optional.of(deadLetters);
      case SUBSCRIPTIONS -> Optional.of(subscriptions.polledValues());
      case NODES -> Optional.of(nodes.polledValues());
      case ACTIVITY -> Optional.of(activity);
      case SETTINGS -> Optional.empty();
    };
  }

  /// When what a screen shows was answered.
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
