package dev.sluice.application.stream;

import dev.sluice.domain.delivery.Change;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.TransitionListener;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A ring buffer of the newest changes. Many threads write to it and many read it, and none waits
/// for another.
///
/// A reader keeps only its position. A reader that is slower than the writers finds changes
/// overwritten, and learns how many.
public final class ChangeLog implements TransitionListener {

  /// The number of changes that a node keeps: under full load those of a quarter of a second, at a
  /// hundred events a second those of three minutes.
  public static final int CAPACITY = 1 << 16;

  private final ChangeTexts texts;
  private final String epoch;
  private final AtomicReferenceArray<@Nullable LoggedChange> ring;
  private final int mask;
  private final AtomicLong end = new AtomicLong();
  private final AtomicInteger watchers = new AtomicInteger();

  /// @param clock gives changes their time
  /// @param epoch distinguishes this log from any other: letters and digits
  public ChangeLog(InstantSource clock, String epoch) {
    this(clock, epoch, CAPACITY);
  }

  /// @param capacity maximum number of changes; a power of two
  ChangeLog(InstantSource clock, String epoch, int capacity) {
    this.texts = new ChangeTexts(clock);
    this.epoch = epoch;
    this.ring = new AtomicReferenceArray<>(capacity);
    this.mask = capacity - 1;
  }

  /// Distinguishes this log from those of other nodes, and from those of earlier starts of this
  /// node.
  public String epoch() {
    return epoch;
  }

  /// The number of the newest change, which may still be in the middle of being written; 0 before
  /// the first one.
  public long end() {
    return end.get();
  }

  /// The number of watchers.
  public int watchers() {
    return watchers.get();
  }

  /// Starts to watch the changes after this number. While there is a watcher, the node requests the
  /// changes of other nodes.
  ///
  /// @param position 0 to [#end]
  public Watch watch(long position) {
    watchers.incrementAndGet();
    return new Watch(position);
  }

  /// A watcher. For one thread.
  public final class Watch implements AutoCloseable {

    private final ChangeCursor changes;

    private Watch(long position) {
      this.changes = new ChangeCursor(ChangeLog.this, position);
    }

    /// The watcher's position in the log.
    public ChangeCursor changes() {
      return changes;
    }

    /// Stops watching. Called once.
    @Override
    public void close() {
      watchers.decrementAndGet();
    }
  }

  int capacity() {
    return mask + 1;
  }

  /// The content of the place for this number: its change, an earlier one while it is being
  /// written, a later one when it was overwritten.
  @Nullable LoggedChange at(long number) {
    return ring.get((int) number & mask);
  }

  @Override
  public void onTransition(Transition transition) {
    texts.of(transition, change -> add(change, true, 0));
  }

  /// Adds changes of other nodes.
  ///
  /// @param missed number of their changes that were missed before these
  void merge(List<Change> changes, long missed) {
    long missedBefore = missed;
    for (Change change : changes) {
      add(change, false, missedBefore);
      missedBefore = 0;
    }
  }

  private void add(Change change, boolean isFromHere, long missedBefore) {
    long number = end.incrementAndGet();
    int place = (int) number & mask;
    var added = new LoggedChange(number, change, isFromHere, missedBefore);
    LoggedChange old = ring.get(place);
    // A thread that was delayed after it got its number may find a later change in its place.
    while ((old == null || old.number() < number) && !ring.compareAndSet(place, old, added)) {
      old = ring.get(place);
    }
  }
}
