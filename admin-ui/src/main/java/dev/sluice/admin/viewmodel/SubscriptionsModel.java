package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Processing;
import dev.sluice.admin.api.Stats;
import dev.sluice.admin.api.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Who takes events, and whether they run.
public final class SubscriptionsModel {

  private static final Duration PACE = Duration.ofSeconds(2);

  private final Session session;
  private final Consumer<Notice> told;
  private final PolledGroup polledValues;
  private final Polled<List<Subscription>> subscriptions;
  private final Polled<Processing> processing;
  private final Polled<Stats> stats;

  SubscriptionsModel(Session session, Consumer<Notice> told) {
    this.session = session;
    this.told = told;
    this.subscriptions = session.polled(PACE, session.client()::subscriptions);
    this.processing = session.polled(PACE, session.client()::processing);
    this.stats = session.polled(PACE, session.client()::stats);
    this.polledValues = new PolledGroup(subscriptions, processing, stats);
  }

  /// All subscriptions.
  public Polled<List<Subscription>> subscriptions() {
    return subscriptions;
  }

  /// The work of all nodes as a whole.
  public Polled<Processing> processing() {
    return processing;
  }

  /// What was done for each of them.
  public Polled<Stats> stats() {
    return stats;
  }

  /// Stops the work of one, or all work.
  ///
  /// @param subscription empty for all work
  /// @param length how long; empty for until somebody resumes it
  /// @return why that was not asked for; empty when it was
  public Optional<String> pause(
      Optional<String> subscription, String reason, Optional<Duration> length) {
    if (reason.isBlank()) {
      return Optional.of("say why: whoever finds it paused will want to know");
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

  /// Lets it go on.
  ///
  /// @param subscription empty for all work
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
          told.accept(new Notice(Notice.Kind.DONE, text));
          refresh();
        },
        fault -> {
          told.accept(new Notice(Notice.Kind.FAILED, fault.sentence()));
          refresh();
        });
  }

  /// All of it together.
  ScreenLifecycle polledValues() {
    return polledValues;
  }

  /// Asks for all of it now.
  public void refresh() {
    polledValues.refresh();
  }
}
