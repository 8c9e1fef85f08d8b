package dev.sluice.admin.view.control;

/// Lets a second of [Times] pass when a test moves the clock.
public final class Ticks {

  private Ticks() {}

  public static void pass(Times times) {
    times.tick();
  }
}
