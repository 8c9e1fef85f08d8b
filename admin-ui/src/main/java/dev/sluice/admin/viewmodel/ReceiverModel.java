package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Receiver;
import dev.sluice.admin.api.StoredSubscription;
import dev.sluice.admin.api.SubscriptionAttempt;
import dev.sluice.admin.model.StatusClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// Model of the receiver of a webhook subscription: its state, and the newest attempts by class of
/// status. Polls nothing for other subscriptions.
public final class ReceiverModel implements ScreenLifecycle {

  /// Maximum number of attempts on the page.
  public static final int ATTEMPTS = 50;

  /// Attempts are long: their responses have bodies.
  private static final Duration PACE = Duration.ofSeconds(5);

  private final Session session;
  private final String name;
  private final ObjectProperty<StatusClass> filter = new SimpleObjectProperty<>(StatusClass.ALL);
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
    attempts.set(newAttempts());
    filter.addListener((_, _, _) -> filterChanged());
  }

  private Polled<List<SubscriptionAttempt>> newAttempts() {
    Optional<String> wanted = filter.get().wireName();
    Polled<List<SubscriptionAttempt>> polled =
        session.polled(
            PACE, () -> session.client().subscriptions().attempts(name, wanted, ATTEMPTS));
    polled.value().addListener((_, _, list) -> followSelected(list));
    return polled;
  }

  private void filterChanged() {
    attempts.get().close();
    selected.set(Optional.empty());
    attempts.set(newAttempts());
    poll();
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
    if (shown && isWebhook) {
      attempts.get().show();
    } else {
      attempts.get().hide();
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

  /// Returns the attempts, newest first; each filter has its own polled value.
  public ReadOnlyObjectProperty<Polled<List<SubscriptionAttempt>>> attempts() {
    return attempts.getReadOnlyProperty();
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
      attempts.get().refresh();
    }
  }

  @Override
  public Optional<Instant> asOf() {
    return attempts.get().asOf().get();
  }

  @Override
  public void close() {
    attempts.get().close();
  }
}
