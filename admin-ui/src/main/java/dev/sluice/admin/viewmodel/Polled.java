package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Fault;
import dev.sluice.admin.poll.Poller;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// A value that is polled while a screen shows it.
///
/// After a failure the last value stays, together with the failure.
public final class Polled<T> {

  private final ReadOnlyObjectWrapper<@Nullable T> value = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Optional<PollFailure>> failure =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Instant>> asOf =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  private final Session session;
  private final Poller<T> poller;

  Polled(Session session, Duration atLeast, boolean evenPaused, Supplier<T> question) {
    this.session = session;
    this.poller =
        new Poller<>(session.lanes(), session.tempo(), atLeast, evenPaused, question, new Ears());
  }

  private final class Ears implements Poller.Listener<T> {

    @Override
    public void answered(T answer, Duration took) {
      asOf.set(Optional.of(session.now()));
      failure.set(Optional.empty());
      session.heard(took);
      value.set(answer);
    }

    @Override
    public void failed(Fault fault, Optional<Instant> next) {
      Instant since = failure.get().map(PollFailure::since).orElse(session.now());
      failure.set(Optional.of(new PollFailure(fault, since, next)));
      session.missed(fault);
    }
  }

  /// Returns the last value; null before the first.
  public ReadOnlyObjectProperty<@Nullable T> value() {
    return value.getReadOnlyProperty();
  }

  /// Returns the last value, if there is one.
  public Optional<T> last() {
    return Optional.ofNullable(value.get());
  }

  /// Returns why the last request failed; empty if it succeeded.
  public ReadOnlyObjectProperty<Optional<PollFailure>> failure() {
    return failure.getReadOnlyProperty();
  }

  /// Returns when the last value was received.
  public ReadOnlyObjectProperty<Optional<Instant>> asOf() {
    return asOf.getReadOnlyProperty();
  }

  /// Drops the value, because the next one will be about something else.
  void forget() {
    value.set(null);
    asOf.set(Optional.empty());
    failure.set(Optional.empty());
  }

  /// Changes the minimum interval between two requests.
  void pace(Duration atLeast) {
    poller.setAtLeast(atLeast);
  }

  void show() {
    poller.show();
  }

  void hide() {
    poller.hide();
  }

  /// Sends a request now.
  public void refresh() {
    poller.now();
  }

  void close() {
    poller.close();
  }
}
