package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.SluiceClient;
import dev.sluice.admin.api.Status;

/// What can be done to an event.
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

  /// Its name in the API.
  public String wireName() {
    return wireName;
  }

  /// On a button.
  public String title() {
    return title;
  }

  /// In a report.
  public String done() {
    return done;
  }

  /// Whether it can be done to an event of this status.
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
