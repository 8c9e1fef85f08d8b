package dev.sluice.admin.viewmodel;

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

  /// Whether the action is possible for an event with this status.
  public boolean isPossible(Status status) {
    return switch (this) {
      case REPLAY -> status.canReplay();
      case CANCEL -> status.canCancel();
      case DISCARD -> status.canDiscard();
    };
  }

  void doTo(String id, SluiceClient client) {
    switch (this) {
      case REPLAY -> client.replay(id);
      case CANCEL -> client.cancel(id);
      case DISCARD -> client.discard(id);
    }
  }
}
