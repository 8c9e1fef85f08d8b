package dev.sluice.admin.view.events;

import dev.sluice.admin.model.Curl;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.ViewContext;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The empty state of a service without events: how to send the first one.
public final class FirstEvent {

  private static final String EVENT =
      "{\"event_type\":\"order.paid\",\"payload\":{\"amount\":12.5}}";

  private FirstEvent() {}

  public static VBox hint(ViewContext at) {
    return Hints.middle(
        Feather.INBOX,
        "No events yet",
        "Send the first one from a shell, or press Ctrl+N here.",
        Hints.line(Curl.send(at.models().session().target(), EVENT), at));
  }
}
