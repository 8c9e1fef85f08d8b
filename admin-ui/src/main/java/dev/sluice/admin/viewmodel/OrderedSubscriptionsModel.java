package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Model of the lanes screen: the ordered subscriptions, and the lanes of the selected one.
public final class OrderedSubscriptionsModel implements ScreenLifecycle {

  private static final Duration PACE = Duration.ofSeconds(5);

  private static final Comparator<Subscription> MOST_BLOCKED_FIRST =
      Comparator.comparingLong(Subscription::blocked).reversed().thenComparing(Subscription::name);

  private final Session session;
  private final Consumer<Notice> notices;
  private final Polled<List<Subscription>> ordered;
  private final ReadOnlyObjectWrapper<Optional<LanesModel>> selected =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private boolean shown;

  OrderedSubscriptionsModel(Session session, Consumer<Notice> notices) {
    this.session = session;
    this.notices = notices;
    this.ordered = session.polled(PACE, this::read);
    ordered.value().addListener((_, _, list) -> follow(list));
  }

  private List<Subscription> read() {
    return session.client().subscriptions().all().items().stream()
        .filter(Subscription::isOrdered)
        .sorted(MOST_BLOCKED_FIRST)
        .toList();
  }

  /// Selects the first subscription when none is selected, or the selected one is not ordered any
  /// more.
  private void follow(@Nullable List<Subscription> list) {
    List<String> names =
        Optional.ofNullable(list).orElse(List.of()).stream().map(Subscription::name).toList();
    if (selected.get().map(LanesModel::name).filter(names::contains).isEmpty()) {
      names.stream().findFirst().ifPresentOrElse(this::select, this::selectNone);
    }
  }

  private void selectNone() {
    selected.get().ifPresent(LanesModel::close);
    selected.set(Optional.empty());
  }

  /// Returns the ordered subscriptions: those with the most blocked lanes first, then by name.
  public Polled<List<Subscription>> ordered() {
    return ordered;
  }

  /// Returns the lanes of the selected subscription.
  public ReadOnlyObjectProperty<Optional<LanesModel>> selected() {
    return selected.getReadOnlyProperty();
  }

  /// Selects an ordered subscription.
  public void select(String name) {
    if (selected.get().map(LanesModel::name).filter(name::equals).isPresent()) {
      return;
    }
    selectNone();
    var lanes = new LanesModel(session, name, this::change);
    lanes.follow(true);
    selected.set(Optional.of(lanes));
    if (shown) {
      lanes.show();
    }
  }

  private void change(Runnable request, String done) {
    session.change(request, done, notices, this::refresh);
  }

  @Override
  public void show() {
    shown = true;
    ordered.show();
    selected.get().ifPresent(LanesModel::show);
  }

  @Override
  public void hide() {
    shown = false;
    ordered.hide();
    selected.get().ifPresent(LanesModel::hide);
  }

  @Override
  public void refresh() {
    ordered.refresh();
    selected.get().ifPresent(LanesModel::refresh);
  }

  @Override
  public Optional<Instant> asOf() {
    return ordered.asOf().get();
  }

  @Override
  public void close() {
    ordered.close();
    selectNone();
  }
}
