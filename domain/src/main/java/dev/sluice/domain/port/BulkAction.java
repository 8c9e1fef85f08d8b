package dev.sluice.domain.port;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.lane.LanePlace;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;

/// An action that operators apply to the deliveries of many events at once: to those that the
/// filter chooses, and to no others of the same events. A back-fill makes new deliveries instead.
public enum BulkAction {
  /// Replays deliveries with a fresh budget of attempts: dead letters, and finished deliveries in
  /// other statuses if the filter names them.
  REPLAY,
  /// Does the same; deliveries of ordered subscriptions go next to the heads of their lanes.
  REPLAY_AT_HEAD,
  /// Cancels deliveries before their next attempt.
  CANCEL,
  /// Discards dead letters that need no more attention: they become `cancelled` and stay stored.
  DISCARD,
  /// Makes deliveries in one subscription for stored events that have none in it: a [Backfill].
  BACKFILL;

  /// Returns whether the action changes deliveries that there are already.
  public boolean changesDeliveries() {
    return this != BACKFILL;
  }

  /// Returns whether the action makes work, which counts against the backlog.
  public boolean makesWork() {
    return isReplay() || this == BACKFILL;
  }

  public boolean isReplay() {
    return this == REPLAY || this == REPLAY_AT_HEAD;
  }

  /// Returns where replayed deliveries enter their lanes.
  public LanePlace place() {
    return this == REPLAY_AT_HEAD ? LanePlace.HEAD : LanePlace.TAIL;
  }

  /// Returns the replay that puts deliveries there.
  public static BulkAction replayAt(LanePlace place) {
    return place == LanePlace.HEAD ? REPLAY_AT_HEAD : REPLAY;
  }

  /// Narrows a filter to the deliveries that the action applies to; empty when the filter excludes
  /// all of them. Not for a back-fill, which chooses events.
  public Optional<EventFilter> qualifying(EventFilter filter) {
    if (filter.statuses().isEmpty()) {
      return Optional.of(filter.withStatuses(byDefault()));
    }
    EnumSet<EventStatus> both = possible();
    both.retainAll(filter.statuses());
    return both.isEmpty() ? Optional.empty() : Optional.of(filter.withStatuses(both));
  }

  private EnumSet<EventStatus> possible() {
    return isReplay()
        ? EnumSet.of(
            EventStatus.FAILED, EventStatus.CANCELLED, EventStatus.COMPLETED, EventStatus.EXPIRED)
        : byDefault();
  }

  private EnumSet<EventStatus> byDefault() {
    return this == CANCEL
        ? EnumSet.of(EventStatus.RECEIVED, EventStatus.RETRYING)
        : EnumSet.of(EventStatus.FAILED);
  }

  /// Returns the name in the API, in lower case. Both replays have the same; they differ in
  /// [#place].
  public String wireName() {
    return isReplay() ? "replay" : storedName();
  }

  /// Returns the name in storages, in lower case.
  public String storedName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns the action with this name in storages, if there is one.
  public static Optional<BulkAction> fromStoredName(String name) {
    return Arrays.stream(values()).filter(action -> action.storedName().equals(name)).findFirst();
  }

  /// Returns the action with this name in the API, if there is one.
  public static Optional<BulkAction> fromWireName(String name) {
    return Arrays.stream(values()).filter(action -> action.wireName().equals(name)).findFirst();
  }
}
