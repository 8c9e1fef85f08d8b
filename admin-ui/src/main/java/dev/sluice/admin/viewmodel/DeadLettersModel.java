package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.ErrorGroup;
import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Dead letters by the way they failed, and those of one group.
public final class DeadLettersModel implements ScreenLifecycle {

  private static final Duration PACE = Duration.ofSeconds(5);

  private final Polled<List<ErrorGroup>> groups;
  private final ReadOnlyObjectWrapper<Optional<String>> group =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final EventsModel events;

  DeadLettersModel(Session session) {
    this.groups = session.polled(PACE, session.client()::errorGroups);
    this.events = new EventsModel(session, this::inFrame);
  }

  private Filter inFrame(Filter filter) {
    Filter dead = filter.withStatuses(List.of(Status.FAILED));
    return group.get().map(dead::withError).orElse(dead);
  }

  /// The groups, largest first.
  public Polled<List<ErrorGroup>> groups() {
    return groups;
  }

  /// The fingerprint of the group that is looked at; empty for all dead letters.
  public ReadOnlyObjectProperty<Optional<String>> group() {
    return group.getReadOnlyProperty();
  }

  /// The group that is looked at, while it is there.
  public Optional<ErrorGroup> chosen() {
    return group
        .get()
        .flatMap(
            print ->
                groups.last().orElse(List.of()).stream()
                    .filter(some -> some.fingerprint().equals(print))
                    .findFirst());
  }

  /// Looks at a group, or at all dead letters.
  public void choose(Optional<String> fingerprint) {
    if (!group.get().equals(fingerprint)) {
      group.set(fingerprint);
      events.restart();
    }
  }

  /// Its events.
  public EventsModel events() {
    return events;
  }

  /// What an action on all of it is about, in words.
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
