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

/// One thing that a screen shows and that is asked for again and again while it is seen.
///
/// A failure leaves the last value where it is and says so beside it.
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

  /// The last answer; null before the first.
  public ReadOnlyObjectProperty<@Nullable T> value() {
    return value.getReadOnlyProperty();
  }

  /// The last answer, if there was one.
  public Optional<T> last() {
    return Optional.ofNullable(value.get());
  }

  /// Why there is no newer answer; empty while all is well.
  public ReadOnlyObjectProperty<Optional<PollFailure>> failure() {
    return failure.getReadOnlyProperty();
  }

  /// When the last answer came.
  public ReadOnlyObjectProperty<Optional<Instant>> asOf() {
    return asOf.getReadOnlyProperty();
  }

  /// Forgets what it showed, because it was about something else.
  void forget() {
    value.set(null);
    asOf.set(Optional.empty());
    failure.set(Optional.empty());
  }

  /// Changes the time between two requests.
  void pace(Duration atLeast) {
    poller.setAtLeast(atLeast);
  }

  void show() {
    poller.show();
  }

  void hide() {
    poller.hide();
  }

  /// Asks now.
  public void refresh() {
    poller.now();
  }

  void close() {
    poller.close();
  }
}
