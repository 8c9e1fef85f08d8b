package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.ErrorGroup;
import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.EventQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Model of the dead letters screen: the error groups and the dead letters of one group.
public final class DeadLettersModel implements ScreenLifecycle {

  private static final Duration PACE = Duration.ofSeconds(5);

  private static final int GROUPS = 100;

  private final Polled<List<ErrorGroup>> groups;
  private final ReadOnlyObjectWrapper<Optional<String>> group =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final EventsModel events;

  DeadLettersModel(Session session) {
    this.groups = session.polled(PACE, () -> session.client().errorGroups(GROUPS));
    this.events = new EventsModel(session, this::inFrame);
  }

  private Filter inFrame(Filter filter) {
    Filter dead = filter.withStatuses(List.of(Status.FAILED));
    return group.get().map(dead::withError).orElse(dead);
  }

  /// Returns the error groups, largest first.
  public Polled<List<ErrorGroup>> groups() {
    return groups;
  }

  /// Returns the fingerprint of the selected group; empty for all dead letters.
  public ReadOnlyObjectProperty<Optional<String>> group() {
    return group.getReadOnlyProperty();
  }

  /// Returns the selected group, while it exists.
  public Optional<ErrorGroup> chosen() {
    return group
        .get()
        .flatMap(
            print ->
                groups.last().orElse(List.of()).stream()
                    .filter(some -> some.fingerprint().equals(print))
                    .findFirst());
  }

  /// Selects a group, or all dead letters.
  public void choose(Optional<String> fingerprint) {
    if (!group.get().equals(fingerprint)) {
      group.set(fingerprint);
      events.restart();
    }
  }

  /// Selects all dead letters that match a query and, if a group is given, belong to it.
  void show(Optional<String> fingerprint, EventQuery query) {
    group.set(fingerprint);
    events.apply(query);
  }

  /// Returns the list of the selected dead letters.
  public EventsModel events() {
    return events;
  }

  /// Returns a description of the events that a bulk action affects.
  public String scope() {
    String within = events.query().get().isAll() ? "" : " that match " + events.query().get();
    return chosen()
            .map(some -> "dead letters of the group “" + some.error() + ": " + some.pattern() + "”")
            .orElse(group.get().isPresent() ? "dead letters of one group" : "all dead letters")
        + within;
  }

  @Override
  public void show() {
    groups.show();
    events.show();
  }

  @Override
  public void hide() {
    groups.hide();
    events.hide();
  }

  @Override
  public void refresh() {
    groups.refresh();
    events.refresh();
  }

  @Override
  public Optional<Instant> asOf() {
    return events.asOf();
  }

  @Override
  public void close() {
    groups.close();
    events.close();
  }
}
