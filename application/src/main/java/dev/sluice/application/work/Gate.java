package dev.sluice.application.work;

/// What is paused, for the threads that start work.
final class Gate {

  /// Changed only under this object's monitor.
  private volatile PausedWork paused = PausedWork.NOTHING;

  PausedWork paused() {
    return paused;
  }

  synchronized void set(PausedWork newlyPaused) {
    paused = newlyPaused;
    notifyAll();
  }

  /// Waits while all processing is paused.
  synchronized void awaitOpen() throws InterruptedException {
    while (paused.isEverything()) {
      wait();
    }
  }
}
