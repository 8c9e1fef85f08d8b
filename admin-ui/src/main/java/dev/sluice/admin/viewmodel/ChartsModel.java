package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Meta;
import dev.sluice.admin.api.Series;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Field;
import dev.sluice.admin.model.Term;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;

/// Model of charts over a time range that the user chooses.
public final class ChartsModel implements ScreenLifecycle {

  private final Session session;
  private final Function<Range, Series> request;
  private final List<Term> terms;
  private final Predicate<Meta> needed;
  private final ObjectProperty<Range> range = new SimpleObjectProperty<>(Range.FIVE_MINUTES);
  private final ReadOnlyObjectWrapper<Polled<Series>> series = new ReadOnlyObjectWrapper<>();

  /// The session outlives the charts, so they stop listening when they are closed.
  private final ChangeListener<Object> metaListener = (_, _, _) -> poll();

  private boolean shown;

  private ChartsModel(
      Session session, Function<Range, Series> request, List<Term> terms, Predicate<Meta> needed) {
    this.session = session;
    this.request = request;
    this.terms = terms;
    this.needed = needed;
    series.set(newSeries());
    range.addListener((_, _, _) -> rangeChanged());
    session.meta().addListener(metaListener);
  }

  /// Returns the charts of everything.
  static ChartsModel ofAll(Session session) {
    return new ChartsModel(
        session,
        range -> session.client().series(range.from(), range.step()),
        List.of(),
        _ -> true);
  }

  /// Returns the charts of one subscription.
  static ChartsModel of(Session session, String subscription) {
    return new ChartsModel(
        session,
        range -> session.client().subscriptions().series(subscription, range.from(), range.step()),
        List.of(new Term(Field.SUBSCRIPTION, subscription)),
        Meta::hasSubscriptionSeries);
  }

  private Polled<Series> newSeries() {
    Range wanted = range.get();
    return session.polled(wanted.pace(), () -> request.apply(wanted));
  }

  private void rangeChanged() {
    series.get().close();
    series.set(newSeries());
    poll();
  }

  private void poll() {
    if (shown && isAvailable()) {
      series.get().show();
    } else {
      series.get().hide();
    }
  }

  /// Whether the service has these charts, or has not said yet what it can.
  public boolean isAvailable() {
    return Optional.ofNullable(session.meta().get()).map(needed::test).orElse(true);
  }

  /// Returns the time range of the charts.
  public ObjectProperty<Range> range() {
    return range;
  }

  /// Returns the values of the charts; each range has its own polled value.
  public ReadOnlyObjectProperty<Polled<Series>> series() {
    return series.getReadOnlyProperty();
  }

  /// Returns the query for the events of a period of the charts, in whole seconds.
  public EventQuery events(Instant from, Instant to) {
    Stream<Term> period =
        Stream.of(
            new Term(Field.SINCE, from.truncatedTo(ChronoUnit.SECONDS).toString()),
            new Term(Field.UNTIL, to.truncatedTo(ChronoUnit.SECONDS).toString()));
    return new EventQuery(Stream.concat(terms.stream(), period).toList(), List.of());
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
    if (isAvailable()) {
      series.get().refresh();
    }
  }

  @Override
  public Optional<Instant> asOf() {
    return series.get().asOf().get();
  }

  @Override
  public void close() {
    session.meta().removeListener(metaListener);
    series.get().close();
  }
}
