package dev.sluice.domain.port;

import dev.sluice.domain.delivery.Transition;

/// Is told what happens to events and deliveries, after it was stored.
public interface TransitionListener {

  /// Takes note. Called on the thread that did the work, by many threads at once: it returns at
  /// once and throws nothing.
  void onTransition(Transition transition);
}
