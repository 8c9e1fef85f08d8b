package dev.sluice.admin.view.events;

import dev.sluice.admin.viewmodel.EventAction;
import dev.sluice.admin.viewmodel.EventsModel;

/// A screen that is about a list of events, for keys that mean the same on each of them.
public interface ListScreen {

  EventsModel events();

  EventList list();

  /// Puts the keyboard into the query.
  void focusQuery();

  /// Asks, then does something to marked events.
  void onMarked(EventAction eventAction);

  /// Plans, asks, then does something to all events of the list.
  void onAll(EventAction eventAction);
}
