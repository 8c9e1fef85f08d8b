package dev.sluice.admin.view.events;

import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.view.control.RowScreen;
import dev.sluice.admin.viewmodel.EventsModel;

/// A screen with a list of events, for keys that have the same meaning on all of them.
public interface ListScreen extends RowScreen {

  EventsModel events();

  EventList list();

  /// Asks for confirmation, then runs an action on the selected events.
  void onMarked(EventAction eventAction);

  /// Plans a bulk action on all listed events, and starts it after confirmation.
  void onAll(EventAction eventAction);
}
