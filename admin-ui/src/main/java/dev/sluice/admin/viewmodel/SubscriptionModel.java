package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.ApiException;
import dev.sluice.admin.api.ErrorGroup;
import dev.sluice.admin.api.StoredSubscription;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.api.SubscriptionRequests;
import dev.sluice.admin.model.SubscriptionFigures;
import dev.sluice.admin.model.SubscriptionVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Model of the page of one subscription.
///
/// The name of a model never changes, so an action cannot reach another subscription.
public final class SubscriptionModel {

  /// Maximum number of versions on the page.
  public static final int VERSIONS = 50;

  private static final Duration PACE = Duration.ofSeconds(2);
  private static final Duration SELDOM = Duration.ofSeconds(30);

  private final String name;
  private final SubscriptionsModel list;
  private final Polled<StoredSubscription> detail;
  private final Polled<List<Subscription>> versions;
  private final ChartsModel charts;
  private final ReceiverModel receiver;
  private final LanesModel lanes;
  private final PolledGroup polledValues;

  SubscriptionModel(Session session, SubscriptionsModel list, String name) {
    this.name = name;
    this.list = list;
    var requests = session.client().subscriptions();
    this.detail = session.polled(PACE, () -> requests.find(name));
    this.versions = session.polled(SELDOM, () -> versionsIfAny(requests));
    this.charts = ChartsModel.of(session, name);
    this.receiver = new ReceiverModel(session, name);
    this.lanes = new LanesModel(session, name, list::change);
    this.polledValues = new PolledGroup(detail, versions).with(charts).with(receiver).with(lanes);
    detail.value().addListener((_, before, now) -> readNewVersion(before, now));
  }

  /// The service has no versions of the built-in subscription.
  private List<Subscription> versionsIfAny(SubscriptionRequests requests) {
    try {
      return requests.versions(name, VERSIONS);
    } catch (ApiException wrong) {
      if (wrong.fault().isMissing()) {
        return List.of();
      }
      throw wrong;
    }
  }

  private void readNewVersion(
      @Nullable StoredSubscription before, @Nullable StoredSubscription now) {
    receiver.follow(now);
    lanes.follow(now);
    if (before != null && now != null && !before.tag().equals(now.tag())) {
      versions.refresh();
    }
  }

  public String name() {
    return name;
  }

  /// Returns the subscription.
  public Polled<StoredSubscription> detail() {
    return detail;
  }

  /// Returns its newest versions.
  public Polled<List<Subscription>> versions() {
    return versions;
  }

  /// Returns the charts of its deliveries and failures.
  public ChartsModel charts() {
    return charts;
  }

  /// Returns the receiver of its deliveries, if it is a webhook.
  public ReceiverModel receiver() {
    return receiver;
  }

  /// Returns its blocked lanes, if it is ordered.
  public LanesModel lanes() {
    return lanes;
  }

  /// Returns its versions, newest first, with what changed.
  public List<SubscriptionVersion> history() {
    return versions.last().map(SubscriptionVersion::of).orElse(List.of());
  }

  /// Returns how it performs.
  public SubscriptionFigures figures() {
    return detail
        .last()
        .map(stored -> list.figures(stored.subscription()))
        .orElseGet(() -> list.figures(name));
  }

  /// Returns the error groups of its dead letters, largest first.
  public List<ErrorGroup> errorGroups() {
    return list.groups().last().orElse(List.of()).stream()
        .filter(group -> group.subscription().equals(name))
        .toList();
  }

  /// Whether it does not exist, or not any more.
  public boolean isMissing() {
    return detail.failure().get().map(failure -> failure.fault().isMissing()).orElse(false);
  }

  /// Returns a model for the deletion of what the page shows.
  public Optional<SubscriptionDeletion> deletion() {
    return detail.last().map(list::deletion);
  }

  /// Returns a model for the replacement of its signing secret.
  public SecretRotation rotation() {
    return list.rotation(name);
  }

  /// Returns a model for back-filling the subscription.
  public BackfillModel backfill() {
    return list.backfill(name);
  }

  /// Returns all polled values of the page.
  ScreenLifecycle polledValues() {
    return polledValues;
  }
}
