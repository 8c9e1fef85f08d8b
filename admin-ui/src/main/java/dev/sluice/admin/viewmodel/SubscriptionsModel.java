package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Processing;
import dev.sluice.admin.api.Stats;
import dev.sluice.admin.api.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Model of the subscriptions screen.
public final class SubscriptionsModel {

  private static final Duration PACE = Duration.ofSeconds(2);

  private final Session session;
  private final Consumer<Notice> notices;
  private final PolledGroup polledValues;
  private final Polled<List<Subscription>> subscriptions;
  private final Polled<Processing> processing;
  private final Polled<Stats> stats;

  SubscriptionsModel(Session session, Consumer<Notice> notices) {
    this.session = session;
    this.notices = notices;
    this.subscriptions = session.polled(PACE, session.client()::subscriptions);
    this.processing = session.polled(PACE, session.client()::processing);
    this.stats = session.polled(PACE, session.client()::stats);
    this.polledValues = new PolledGroup(subscriptions, processing, stats);
  }

  public Polled<List<Subscription>> subscriptions() {
    return subscriptions;
  }

  /// Returns the state of processing on all nodes together.
  public Polled<Processing> processing() {
    return processing;
  }

  /// Returns the statistics with the totals of each subscription.
  public Polled<Stats> stats() {
    return stats;
  }

  /// Pauses a subscription, or all processing.
  ///
  /// @param subscription empty for all processing
  /// @param length how long to pause; empty for until it is resumed
  /// @return why the request was not sent; empty if it was
  public Optional<String> pause(
      Optional<String> subscription, String reason, Optional<Duration> length) {
    if (reason.isBlank()) {
      return Optional.of("enter a reason: it is shown with the pause");
    }
    if (!session.mayOperate()) {
      return session.whyNot();
    }
    Optional<Instant> until = length.map(session.now()::plus);
    change(
        () -> session.client().pause(subscription, reason.strip(), until),
        subscription.orElse("all processing") + " paused");
    return Optional.empty();
  }

  /// Resumes a subscription, or all processing.
  ///
  /// @param subscription empty for all processing
  public void resume(Optional<String> subscription) {
    if (session.mayOperate()) {
      change(
          () -> session.client().resume(subscription),
          subscription.orElse("all processing") + " resumed");
    }
  }

  private void change(Runnable request, String done) {
    session.ask(
        () -> {
          request.run();
          return done;
        },
        text -> {
          notices.accept(new Notice(Notice.Kind.DONE, text));
          refresh();
        },
        fault -> {
          notices.accept(new Notice(Notice.Kind.FAILED, fault.sentence()));
          refresh();
        });
  }

  /// Returns all polled values of the screen.
  ScreenLifecycle polledValues() {
    return polledValues;
  }

  /// Refreshes all polled values now.
  public void refresh() {
    polledValues.refresh();
  }
}
