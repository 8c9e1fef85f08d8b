package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.StoredSubscription;
import dev.sluice.admin.api.SubscriptionRequests.Lane;
import dev.sluice.admin.api.SubscriptionRequests.LaneAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/// Model of the blocked lanes of an ordered subscription. Polls nothing for other subscriptions.
public final class LanesModel implements ScreenLifecycle {

  /// Maximum number of lanes in the list.
  public static final int MOST = 50;

  private static final Duration PACE = Duration.ofSeconds(2);

  private final Session session;
  private final String name;
  private final BiConsumer<Runnable, String> change;
  private final Polled<List<Lane>> blocked;
  private final ReadOnlyBooleanWrapper isOrdered = new ReadOnlyBooleanWrapper();
  private boolean shown;

  /// @param change sends a request and reports its result
  LanesModel(Session session, String name, BiConsumer<Runnable, String> change) {
    this.session = session;
    this.name = name;
    this.change = change;
    this.blocked =
        session.polled(PACE, () -> session.client().subscriptions().blockedLanes(name, MOST));
  }

  /// Takes what the service reports with the subscription.
  void follow(@Nullable StoredSubscription stored) {
    isOrdered.set(stored != null && stored.subscription().isOrdered());
    poll();
  }

  private void poll() {
    if (shown && isOrdered.get()) {
      blocked.show();
    } else {
      blocked.hide();
    }
  }

  /// Whether deliveries of a key are processed one after another.
  public ReadOnlyBooleanProperty isOrdered() {
    return isOrdered.getReadOnlyProperty();
  }

  /// Returns the blocked lanes, in the order of their keys.
  public Polled<List<Lane>> blocked() {
    return blocked;
  }

  /// Decides about the head of a lane, if the user may.
  public void act(Lane lane, LaneAction action) {
    if (session.mayOperate()) {
      change.accept(
          () -> session.client().subscriptions().act(name, action, lane),
          "lane " + lane.key() + " of " + name + ": " + action.done(lane.head()));
    }
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
    if (isOrdered.get()) {
      blocked.refresh();
    }
  }

  @Override
  public Optional<Instant> asOf() {
    return blocked.asOf().get();
  }

  @Override
  public void close() {
    blocked.close();
  }
}
