package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.EventSummary;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A row of a list. An event keeps the same row object for as long as it is listed, so that a
/// selection stays on its event.
public final class EventRow {

  private final ReadOnlyObjectWrapper<EventSummary> data;
  private final ReadOnlyBooleanWrapper gone = new ReadOnlyBooleanWrapper();
  private final Optional<String> page;

  /// @param page cursor of the page that contained the event; empty for the first page
  EventRow(EventSummary event, Optional<String> page) {
    this.data = new ReadOnlyObjectWrapper<>(event);
    this.page = page;
  }

  /// Returns the id of the event.
  public String id() {
    return data.get().eventId();
  }

  /// Returns the last known state of the event.
  public ReadOnlyObjectProperty<EventSummary> data() {
    return data.getReadOnlyProperty();
  }

  /// Whether the event has changed and no longer matches the filter.
  public ReadOnlyBooleanProperty gone() {
    return gone.getReadOnlyProperty();
  }

  Optional<String> page() {
    return page;
  }

  void update(EventSummary event) {
    gone.set(false);
    if (!data.get().equals(event)) {
      data.set(event);
    }
  }

  void leave() {
    gone.set(true);
  }
}
