package dev.sluice.admin.testing;

import dev.sluice.admin.poll.Lanes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/// Lanes on one thread: a request ends before the call returns, or on [#release].
public final class TestLanes {

  private final ManualTimer timer = new ManualTimer();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private boolean holding;

  public Lanes lanes() {
    return new Lanes(this::work, Runnable::run, timer, new NoChance());
  }

  private void work(Runnable task) {
    if (holding) {
      held.add(task);
    } else {
      task.run();
    }
  }

  /// Holds further requests.
  public void hold() {
    holding = true;
  }

  /// Completes the held requests in order; further ones complete at once.
  public void release() {
    holding = false;
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  /// Returns the number of held requests.
  public int underWay() {
    return held.size();
  }

  public ManualTimer timer() {
    return timer;
  }

  /// Always returns the middle of the range, so that delays do not vary.
  private static final class NoChance implements RandomGenerator {

    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public double nextDouble() {
      return 0.5;
    }
  }
}
