package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.LaneRequests;
import dev.sluice.admin.api.LaneRequests.Lane;
import dev.sluice.admin.api.LaneRequests.LaneAction;
import dev.sluice.admin.api.StoredSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/// Model of the lanes of an ordered subscription. Polls nothing for other subscriptions.
public final class LanesModel implements ScreenLifecycle {

  /// Maximum number of lanes in the list.
  public static final int MOST = 50;

  private static final Duration PACE = Duration.ofSeconds(2);

  private final Session session;
  private final String name;
  private final BiConsumer<Runnable, String> change;
  private final Polled<Lanes> lanes;
  private final ReadOnlyBooleanWrapper isOrdered = new ReadOnlyBooleanWrapper();
  private boolean shown;

  /// The key that is searched for; empty for all. Read by the thread that sends requests.
  private volatile String key = "";

  /// Lanes as they were read.
  ///
  /// @param key what was searched for; empty for all
  /// @param found blocked lanes first, each part in the order of its keys; of a search at most one
  public record Lanes(String key, List<Lane> found) {

    /// Returns how many of them are blocked.
    public long blocked() {
      return found.stream().filter(Lane::blocked).count();
    }
  }

  /// @param change sends a request and reports its result
  LanesModel(Session session, String name, BiConsumer<Runnable, String> change) {
    this.session = session;
    this.name = name;
    this.change = change;
    this.lanes = session.polled(PACE, this::read);
  }

  private Lanes read() {
    LaneRequests requests = session.client().lanes();
    String wanted = key;
    if (!wanted.isEmpty()) {
      return new Lanes(wanted, requests.find(name, wanted).stream().toList());
    }
    List<Lane> found = new ArrayList<>(requests.blocked(name, MOST));
    if (found.size() < MOST) {
      requests.all(name, MOST).stream()
          .filter(lane -> !lane.blocked())
          .limit(MOST - found.size())
          .forEach(found::add);
    }
    return new Lanes(wanted, List.copyOf(found));
  }

  /// Takes what the service reports with the subscription.
  void follow(@Nullable StoredSubscription stored) {
    follow(stored != null && stored.subscription().isOrdered());
  }

  /// Takes whether the subscription is ordered.
  void follow(boolean nowOrdered) {
    isOrdered.set(nowOrdered);
    poll();
  }

  /// Returns the name of the subscription.
  public String name() {
    return name;
  }

  private void poll() {
    if (shown && isOrdered.get()) {
      lanes.show();
    } else {
      lanes.hide();
    }
  }

  /// Whether deliveries of a key are processed one after another.
  public ReadOnlyBooleanProperty isOrdered() {
    return isOrdered.getReadOnlyProperty();
  }

  /// Returns the lanes.
  public Polled<Lanes> lanes() {
    return lanes;
  }

  /// Shows the lane of a key only.
  ///
  /// @param text the key; blank for all lanes
  public void search(String text) {
    key = text.strip();
    refresh();
  }

  /// Decides about the head of a lane, if the user may.
  public void act(Lane lane, LaneAction action) {
    if (session.mayOperate()) {
      change.accept(
          () -> session.client().lanes().act(name, action, lane),
          "lane " + lane.key() + " of " + name + ": " + action.done(lane.head()));
    }
  }

  /// Decides about the heads of all blocked lanes, if the user may; of very many, the first.
  public void actOnBlocked(LaneAction action) {
    if (session.mayOperate()) {
      change.accept(
          () -> session.client().lanes().actOnBlocked(name, action),
          "blocked lanes of " + name + ": " + action.done("their heads"));
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
      lanes.refresh();
    }
  }

  @Override
  public Optional<Instant> asOf() {
    return lanes.asOf().get();
  }

  @Override
  public void close() {
    lanes.close();
  }
}
