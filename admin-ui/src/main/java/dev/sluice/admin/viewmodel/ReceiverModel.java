package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Receiver;
import dev.sluice.admin.api.StoredSubscription;
import dev.sluice.admin.api.SubscriptionAttempt;
import dev.sluice.admin.model.StatusClass;
import dev.sluice.admin.model.StatusHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// Model of the receiver of a webhook subscription: its state, its status codes over time, and the
/// newest attempts by class of status. Polls nothing for other subscriptions.
///
/// Without a filter the list of attempts and the status codes share their requests.
public final class ReceiverModel implements ScreenLifecycle {

  /// Maximum number of attempts in the list.
  public static final int ATTEMPTS = 50;

  /// Number of attempts whose status codes are shown over time, the most that the service lists.
  private static final int CHARTED = 200;

  /// Attempts are long: their responses have bodies.
  private static final Duration PACE = Duration.ofSeconds(5);

  /// Interval of the requests that are only for the status codes over time.
  private static final Duration SELDOM = Duration.ofSeconds(30);

  private final Session session;
  private final String name;
  private final ObjectProperty<StatusClass> filter = new SimpleObjectProperty<>(StatusClass.ALL);
  private final Polled<List<SubscriptionAttempt>> newest;
  private final ReadOnlyObjectWrapper<Optional<StatusHistory>> history =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Polled<List<SubscriptionAttempt>>> attempts =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Optional<Receiver>> receiver =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<SubscriptionAttempt>> selected =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private boolean isWebhook;
  private boolean shown;

  ReceiverModel(Session session, String name) {
    this.session = session;
    this.name = name;
    this.newest = polled(StatusClass.ALL, CHARTED);
    attempts.set(newest);
    newest.value().addListener((_, _, _) -> showHistory());
    // Time passes for the chart even when the attempts stay the same.
    newest.asOf().addListener((_, _, _) -> showHistory());
    filter.addListener((_, _, _) -> filterChanged());
  }

  private Polled<List<SubscriptionAttempt>> polled(StatusClass status, int limit) {
    Optional<String> wanted = status.wireName();
    Polled<List<SubscriptionAttempt>> polled =
        session.polled(PACE, () -> session.client().subscriptions().attempts(name, wanted, limit));
    polled.value().addListener((_, _, list) -> followSelected(list));
    return polled;
  }

  private void showHistory() {
    Instant read = newest.asOf().get().orElseGet(session::now);
    history.set(newest.last().map(list -> StatusHistory.of(list, read)));
  }

  private void filterChanged() {
    closeFiltered();
    selected.set(Optional.empty());
    attempts.set(isFiltered() ? polled(filter.get(), ATTEMPTS) : newest);
    newest.pace(isFiltered() ? SELDOM : PACE);
    poll();
  }

  private boolean isFiltered() {
    return filter.get() != StatusClass.ALL;
  }

  private void closeFiltered() {
    if (attempts.get() != newest) {
      attempts.get().close();
    }
  }

  /// Shows the newest state of the selected attempt. One that newer attempts have pushed out of the
  /// list stays as it was.
  private void followSelected(@Nullable List<SubscriptionAttempt> list) {
    Optional<SubscriptionAttempt> now =
        selected
            .get()
            .flatMap(
                before ->
                    Optional.ofNullable(list).orElse(List.of()).stream()
                        .filter(before::isSameAs)
                        .findFirst());
    now.ifPresent(attempt -> selected.set(now));
  }

  /// Takes what the service reports with the subscription.
  void follow(@Nullable StoredSubscription stored) {
    Optional<StoredSubscription> now = Optional.ofNullable(stored);
    isWebhook = now.filter(some -> some.subscription().destination().isWebhook()).isPresent();
    receiver.set(now.flatMap(some -> Optional.ofNullable(some.subscription().receiver())));
    poll();
  }

  private void poll() {
    List<Polled<?>> polled = List.of(newest, attempts.get());
    if (shown && isWebhook) {
      polled.forEach(Polled::show);
    } else {
      polled.forEach(Polled::hide);
    }
  }

  /// Returns the state of the receiver, as the node that responds sees it; empty if it does not
  /// report one.
  public ReadOnlyObjectProperty<Optional<Receiver>> receiver() {
    return receiver.getReadOnlyProperty();
  }

  /// Returns the class of status of the attempts that are shown.
  public ObjectProperty<StatusClass> filter() {
    return filter;
  }

  /// Returns the attempts, newest first; each filter has its own polled value. It can have more
  /// attempts than the list.
  public ReadOnlyObjectProperty<Polled<List<SubscriptionAttempt>>> attempts() {
    return attempts.getReadOnlyProperty();
  }

  /// Returns the attempts of the list, newest first; empty before the first response.
  public List<SubscriptionAttempt> listed() {
    return attempts.get().last().orElse(List.of()).stream().limit(ATTEMPTS).toList();
  }

  /// Returns the newest attempts of all classes, whatever the filter.
  public Polled<List<SubscriptionAttempt>> newest() {
    return newest;
  }

  /// Returns the status codes of the newest attempts over time, whatever the filter; empty before
  /// the first response.
  public ReadOnlyObjectProperty<Optional<StatusHistory>> history() {
    return history.getReadOnlyProperty();
  }

  /// Returns the attempt whose request and response are shown.
  public ReadOnlyObjectProperty<Optional<SubscriptionAttempt>> selected() {
    return selected.getReadOnlyProperty();
  }

  /// Selects an attempt.
  public void select(Optional<SubscriptionAttempt> attempt) {
    selected.set(attempt);
  }

  @Override
  public void show() {
    shown = true;
    poll();
  }

  @Override
  public void hide() {
    shown = false;
    poll();
  }

  @Override
  public void refresh() {
    if (isWebhook) {
      newest.refresh();
      if (isFiltered()) {
        attempts.get().refresh();
      }
    }
  }

  @Override
  public Optional<Instant> asOf() {
    return attempts.get().asOf().get();
  }

  @Override
  public void close() {
    closeFiltered();
    newest.close();
  }
}
