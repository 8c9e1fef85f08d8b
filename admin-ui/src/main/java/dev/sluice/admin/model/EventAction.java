package dev.sluice.admin.model;

import dev.sluice.admin.api.EventDetail;
import dev.sluice.admin.api.SluiceClient;
import dev.sluice.admin.api.Status;

/// An operator action on events.
public enum EventAction {
  REPLAY("replay", "Replay", "replayed"),
  CANCEL("cancel", "Cancel", "cancelled"),
  DISCARD("discard", "Discard", "discarded");

  private final String wireName;
  private final String title;
  private final String done;

  EventAction(String wireName, String title, String done) {
    this.wireName = wireName;
    this.title = title;
    this.done = done;
  }

  /// Returns the name of the action in the API.
  public String wireName() {
    return wireName;
  }

  /// Returns the label for buttons.
  public String title() {
    return title;
  }

  /// Returns the past participle for reports.
  public String done() {
    return done;
  }

  /// Whether the action is possible for one of the event's deliveries.
  public boolean isPossible(EventDetail.History event) {
    return event.deliveries().stream().anyMatch(delivery -> isPossible(delivery.status()));
  }

  private boolean isPossible(Status status) {
    return switch (this) {
      case REPLAY -> status.canReplay();
      case CANCEL -> status.canCancel();
      case DISCARD -> status.canDiscard();
    };
  }

  /// Runs the action on the deliveries of an event for which it is possible. A replay repeats only
  /// the failed ones, unless the event has none.
  ///
  /// @param hasFailed whether a delivery is failed, as far as is known
  public void doTo(String id, boolean hasFailed, SluiceClient client) {
    switch (this) {
      case REPLAY -> {
        if (hasFailed) {
          client.replay(id);
        } else {
          client.replayAll(id);
        }
      }
      case CANCEL -> client.cancel(id);
      case DISCARD -> client.discard(id);
    }
  }
}
