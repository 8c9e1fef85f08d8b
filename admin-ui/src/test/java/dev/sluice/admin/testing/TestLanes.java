package dev.sluice.admin.testing;

import dev.sluice.admin.poll.Lanes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/// Lanes on one thread: what is asked is answered before the call returns, or when it is let go.
public final class TestLanes {

  private final ManualTimer timer = new ManualTimer();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private boolean holding;

  /// The lanes.
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

  /// Keeps requests under way from now on.
  public void hold() {
    holding = true;
  }

  /// Lets those that are under way come to their end, in order; further ones are answered at once.
  public void release() {
    holding = false;
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  /// Requests that are under way.
  public int underWay() {
    return held.size();
  }

  /// Its time.
  public ManualTimer timer() {
    return timer;
  }

  /// In the middle of everything.
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
