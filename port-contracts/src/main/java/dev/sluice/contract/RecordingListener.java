package dev.sluice.contract;

import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.TransitionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Records the transitions that it receives.
public final class RecordingListener implements TransitionListener {

  private final List<Transition> transitions = new CopyOnWriteArrayList<>();

  @Override
  public void onTransition(Transition transition) {
    transitions.add(transition);
  }

  /// Returns all transitions of one kind, in order.
  public <T extends Transition> List<T> all(Class<T> kind) {
    return transitions.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
