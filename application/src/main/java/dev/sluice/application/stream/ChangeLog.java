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

/// The newest changes in a ring, which many threads write to and many read, none of them waiting
/// for another.
///
/// Whoever reads keeps nothing but a place in it; who is slower than the changes finds them
/// overwritten, and is told how many.
public final class ChangeLog implements TransitionListener {

  /// How many changes a node remembers: under full load those of a quarter of a second, at a
  /// hundred events a second those of three minutes.
  public static final int CAPACITY = 1 << 16;

  private final ChangeTexts texts;
  private final String epoch;
  private final AtomicReferenceArray<@Nullable LoggedChange> ring;
  private final int mask;
  private final AtomicLong end = new AtomicLong();
  private final AtomicInteger watchers = new AtomicInteger();

  /// @param clock the time that changes are given
  /// @param epoch tells this log from any other one: letters and digits
  public ChangeLog(InstantSource clock, String epoch) {
    this(clock, epoch, CAPACITY);
  }

  /// @param capacity how many changes it holds; a power of two
  ChangeLog(InstantSource clock, String epoch, int capacity) {
    this.texts = new ChangeTexts(clock);
    this.epoch = epoch;
    this.ring = new AtomicReferenceArray<>(capacity);
    this.mask = capacity - 1;
  }

  /// Tells this log from that of any other node, and from this node's own before its last start.
  public String epoch() {
    return epoch;
  }

  /// The number of the newest change, which may be just being written; 0 before the first one.
  public long end() {
    return end.get();
  }

  /// How many watch.
  public int watchers() {
    return watchers.get();
  }

  /// Begins to watch what follows the change with this number. As long as anybody watches, the node
  /// asks the others for their changes.
  ///
  /// @param position 0 to [#end]
  public Watch watch(long position) {
    watchers.incrementAndGet();
    return new Watch(position);
  }

  /// Somebody who watches. For one thread.
  public final class Watch implements AutoCloseable {

    private final ChangeCursor changes;

    private Watch(long position) {
      this.changes = new ChangeCursor(ChangeLog.this, position);
    }

    /// What is to be seen.
    public ChangeCursor changes() {
      return changes;
    }

    /// Is gone. Called once.
    @Override
    public void close() {
      watchers.decrementAndGet();
    }
  }

  int capacity() {
    return mask + 1;
  }

  /// What lies in the place of this number: its change, one before it while it is being written,
  /// one after it when it was overwritten.
  @Nullable LoggedChange at(long number) {
    return ring.get((int) number & mask);
  }

  @Override
  public void onTransition(Transition transition) {
    Change change = texts.of(transition);
    if (change != null) {
      add(change, true, 0);
    }
  }

  /// Takes in what others did.
  ///
  /// @param missed how many of their changes went unheard of before these
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
    // A thread that was held up after it got its number may find a later change in its place.
    while ((old == null || old.number() < number) && !ring.compareAndSet(place, old, added)) {
      old = ring.get(place);
    }
  }
}
