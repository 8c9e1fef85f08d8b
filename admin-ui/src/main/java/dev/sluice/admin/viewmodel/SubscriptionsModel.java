package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.ErrorGroup;
import dev.sluice.admin.api.Page;
import dev.sluice.admin.api.Processing;
import dev.sluice.admin.api.Stats;
import dev.sluice.admin.api.StoredSubscription;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.MadeSecret;
import dev.sluice.admin.model.SubscriptionFigures;
import dev.sluice.admin.model.SubscriptionRates;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Model of the subscriptions screen: the list, and over it the page of one subscription or a form.
public final class SubscriptionsModel implements ScreenLifecycle {

  private static final Duration PACE = Duration.ofSeconds(2);
  private static final Duration GROUPS_PACE = Duration.ofSeconds(5);
  private static final int MOST_GROUPS = 500;

  /// A list that is longer is read less often, so that it costs the service no more.
  private static final int SHORT = 500;

  private final Session session;
  private final Consumer<Notice> notices;
  private final Polled<Page<Subscription>> subscriptions;
  private final Polled<Processing> processing;
  private final Polled<Sample> stats;
  private final Polled<List<ErrorGroup>> groups;
  private final PolledGroup listValues;
  private final PolledGroup shared;
  private final SubscriptionRates rates = new SubscriptionRates();
  private final SubscriptionRows rows = new SubscriptionRows();
  private final ReadOnlyObjectWrapper<Optional<SubscriptionModel>> open =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<SubscriptionForm>> form =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<MadeSecret>> secret =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Map<String, Long> deadLetters = Map.of();
  private boolean shown;

  /// Statistics with the time at which they were received.
  public record Sample(Instant at, Stats stats) {}

  SubscriptionsModel(Session session, Consumer<Notice> notices) {
    this.session = session;
    this.notices = notices;
    var client = session.client();
    this.subscriptions = session.polled(PACE, client.subscriptions()::all);
    this.processing = session.polled(PACE, client::processing);
    this.stats = session.polled(PACE, () -> new Sample(session.now(), client.stats()));
    this.groups = session.polled(GROUPS_PACE, () -> client.errorGroups(MOST_GROUPS));
    this.listValues = new PolledGroup(subscriptions, processing);
    this.shared = new PolledGroup(stats, groups);
    subscriptions.value().addListener((_, _, page) -> follow(page));
    stats.value().addListener((_, _, sample) -> follow(sample));
    groups.value().addListener((_, _, list) -> countDeadLetters(list));
  }

  private void follow(@Nullable Page<Subscription> page) {
    if (page != null) {
      subscriptions.pace(PACE.multipliedBy(1 + page.items().size() / SHORT));
      showRows();
    }
  }

  private void follow(@Nullable Sample sample) {
    if (sample != null) {
      rates.add(sample.at, sample.stats);
      showRows();
    }
  }

  private void countDeadLetters(@Nullable List<ErrorGroup> list) {
    Map<String, Long> counts = new HashMap<>();
    Optional.ofNullable(list)
        .orElse(List.of())
        .forEach(group -> counts.merge(group.subscription(), group.count(), Long::sum));
    deadLetters = counts;
    showRows();
  }

  private void showRows() {
    subscriptions.last().ifPresent(page -> rows.update(page.items(), this::figures));
  }

  /// Returns how a subscription performs.
  SubscriptionFigures figures(Subscription subscription) {
    return figures(subscription.name()).with(subscription);
  }

  /// Returns how a subscription performs that was not read yet.
  SubscriptionFigures figures(String name) {
    return SubscriptionFigures.of(
        stats.last().map(sample -> sample.stats.subscriptions().get(name)),
        rates.of(name),
        deadLetters.getOrDefault(name, 0L),
        groups.last().map(list -> list.size() >= MOST_GROUPS).orElse(false));
  }

  /// Returns the subscriptions, in the order of their names. There is a next page if there are more
  /// than the console shows.
  public Polled<Page<Subscription>> subscriptions() {
    return subscriptions;
  }

  /// Returns the rows of the list.
  public SubscriptionRows rows() {
    return rows;
  }

  /// Returns the state of processing on all nodes together.
  public Polled<Processing> processing() {
    return processing;
  }

  /// Returns the statistics with the totals of each subscription.
  public Polled<Sample> stats() {
    return stats;
  }

  /// Returns the error groups of all dead letters.
  public Polled<List<ErrorGroup>> groups() {
    return groups;
  }

  /// Returns the open page.
  public ReadOnlyObjectProperty<Optional<SubscriptionModel>> open() {
    return open.getReadOnlyProperty();
  }

  /// Returns the open form; it lies over the page, or over the list.
  public ReadOnlyObjectProperty<Optional<SubscriptionForm>> form() {
    return form.getReadOnlyProperty();
  }

  /// Opens the page of a subscription.
  public void open(String name) {
    rows.select(Optional.of(name));
    if (open.get().map(SubscriptionModel::name).filter(name::equals).isEmpty()) {
      closeOpen();
      open.set(Optional.of(new SubscriptionModel(session, this, name)));
      pollWhatIsShown();
    }
  }

  /// Returns to the list.
  public void closePage() {
    closeOpen();
    open.set(Optional.empty());
    pollWhatIsShown();
  }

  private void closeOpen() {
    open.get().map(SubscriptionModel::polledValues).ifPresent(ScreenLifecycle::close);
  }

  /// Opens a form.
  ///
  /// @param edited name of the subscription to change; empty for a new one
  public void openForm(Optional<String> edited) {
    form.get().ifPresent(SubscriptionForm::close);
    form.set(Optional.of(new SubscriptionForm(session, edited, this::saved)));
  }

  /// Closes the form and drops what was typed.
  public void closeForm() {
    form.get().ifPresent(SubscriptionForm::close);
    form.set(Optional.empty());
  }

  /// Returns the signing secret that the service made and the user has not seen.
  public ReadOnlyObjectProperty<Optional<MadeSecret>> secret() {
    return secret.getReadOnlyProperty();
  }

  /// Drops the secret, because the user has seen it.
  public void forgetSecret() {
    secret.set(Optional.empty());
  }

  private void saved(SubscriptionForm by, Subscription stored) {
    MadeSecret.of(stored).ifPresent(made -> secret.set(Optional.of(made)));
    if (form.get().filter(by::equals).isPresent()) {
      closeForm();
      open(stored.name());
    }
    done(stored.name() + " saved as version " + stored.version());
  }

  /// Returns a model for the deletion of a version.
  SubscriptionDeletion deletion(StoredSubscription version) {
    return new SubscriptionDeletion(session, version, this::deleted);
  }

  /// Returns a model for the replacement of a signing secret.
  SecretRotation rotation(String name) {
    return new SecretRotation(session, name, this::rotated);
  }

  private void rotated(MadeSecret made) {
    secret.set(Optional.of(made));
    done(made.subscription() + " has a new signing secret");
  }

  /// Returns a model for back-filling a subscription.
  BackfillModel backfill(String name) {
    return new BackfillModel(session, name, notices);
  }

  private void deleted(Subscription after) {
    String what =
        switch (after.state()) {
          case "finishing" -> " is being deleted: its deliveries are finished first";
          case "cancelling" -> " is being deleted: its deliveries are cancelled";
          default -> " deleted";
        };
    if (open.get().map(SubscriptionModel::name).filter(after.name()::equals).isPresent()) {
      closePage();
    }
    done(after.name() + what);
  }

  /// Polls what is on the screen, and nothing else.
  private void pollWhatIsShown() {
    boolean page = open.get().isPresent();
    if (shown && !page) {
      listValues.show();
    } else {
      listValues.hide();
    }
    if (shown) {
      shared.show();
    } else {
      shared.hide();
    }
    open.get()
        .map(SubscriptionModel::polledValues)
        .ifPresent(shown ? ScreenLifecycle::show : ScreenLifecycle::hide);
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

  /// Sends a request, says what was done or why not, and refreshes what is shown.
  void change(Runnable request, String done) {
    session.change(request, done, notices, this::refresh);
  }

  private void done(String text) {
    notices.accept(new Notice(Notice.Kind.DONE, text));
    refresh();
  }

  @Override
  public void show() {
    shown = true;
    pollWhatIsShown();
  }

  @Override
  public void hide() {
    shown = false;
    pollWhatIsShown();
  }

  @Override
  public void refresh() {
    open.get().map(SubscriptionModel::polledValues).orElse(listValues).refresh();
    shared.refresh();
  }

  @Override
  public Optional<Instant> asOf() {
    return open.get().map(SubscriptionModel::polledValues).orElse(listValues).asOf();
  }

  @Override
  public void close() {
    closeOpen();
    listValues.close();
    shared.close();
  }
}
