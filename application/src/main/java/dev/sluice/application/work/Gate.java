package dev.sluice.application.work;

/// Tells those who begin work what is paused.
final class Gate {

  /// Changed under this object's monitor only.
  private volatile PausedWork paused = PausedWork.NOTHING;

  PausedWork paused() {
    return paused;
  }

  synchronized void set(PausedWork newlyPaused) {
    paused = newlyPaused;
    notifyAll();
  }

  /// Waits as long as all processing is paused.
  synchronized void awaitOpen() throws InterruptedException {
    while (paused.isEverything()) {
      wait();
    }
  }
}
