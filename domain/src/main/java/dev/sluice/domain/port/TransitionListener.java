package dev.sluice.domain.port;

import dev.sluice.domain.delivery.Transition;

/// Receives transitions of events and deliveries after they were stored.
public interface TransitionListener {

  /// Handles a transition. Many threads call it at once, each the thread that did the work: it must
  /// return at once and throw nothing.
  void onTransition(Transition transition);
}
