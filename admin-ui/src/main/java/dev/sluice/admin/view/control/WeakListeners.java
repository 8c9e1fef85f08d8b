package dev.sluice.admin.view.control;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.beans.value.WeakChangeListener;
import javafx.scene.Node;

/// Listens to values that outlive a part of the window, such as the settings, without keeping that
/// part alive after a change of the profile or the event.
public final class WeakListeners {

  private static final Object LISTENERS = new Object();

  private WeakListeners() {}

  /// Runs a reaction after each change, for as long as the node is in use.
  public static void listen(Node node, ObservableValue<?> value, Runnable reaction) {
    ChangeListener<Object> listener = (_, _, _) -> reaction.run();
    // The node holds the listener strongly; the value holds it only weakly.
    listenersOf(node).add(listener);
    value.addListener(new WeakChangeListener<>(listener));
  }

  @SuppressWarnings("unchecked") // Only listen puts something there.
  private static List<ChangeListener<Object>> listenersOf(Node node) {
    return (List<ChangeListener<Object>>)
        node.getProperties()
            .computeIfAbsent(LISTENERS, _ -> new ArrayList<ChangeListener<Object>>());
  }
}
