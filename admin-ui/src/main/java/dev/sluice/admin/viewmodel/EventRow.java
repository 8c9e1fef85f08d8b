package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.EventSummary;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A row of a list: one and the same object for an event for as long as it is listed, so that a
/// selection stays on its event whatever happens around it.
public final class EventRow {

  private final ReadOnlyObjectWrapper<EventSummary> data;
  private final ReadOnlyBooleanWrapper gone = new ReadOnlyBooleanWrapper();
  private final Optional<String> page;

  /// @param page cursor of the page that it came with; empty for the first one
  EventRow(EventSummary event, Optional<String> page) {
    this.data = new ReadOnlyObjectWrapper<>(event);
    this.page = page;
  }

  /// Which event it is.
  public String id() {
    return data.get().eventId();
  }

  /// How the event was when it was last heard of.
  public ReadOnlyObjectProperty<EventSummary> data() {
    return data.getReadOnlyProperty();
  }

  /// Whether the list does not hold it any more: it changed, and the filter does not mean it now.
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
