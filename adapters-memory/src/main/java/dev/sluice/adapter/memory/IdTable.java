package dev.sluice.adapter.memory;

import dev.sluice.domain.event.EventId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Finds events by id.
///
/// A hash table with linear probing (Knuth, The Art of Computer Programming, vol. 3, 6.4,
/// algorithms L and R). Unlike the JDK's maps it allocates no object per event, and a lookup of a
/// new id, which nearly every lookup is, reads one cache line of the table and no event. Both
/// matter when a million events are spread over the heap.
///
/// The hash depends on a random seed, so that no producer can choose ids that collide.
final class IdTable {

  private static final int FIRST_CAPACITY = 64;

  /// Odd, with its bits well spread: 2^64 divided by the golden ratio (Knuth, 6.4).
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long seed;

  /// The hash of the event at each index; 0 marks a free slot.
  private int[] hashes = new int[FIRST_CAPACITY];

  private @Nullable StoredEvent[] events = new StoredEvent[FIRST_CAPACITY];
  private int size;

  IdTable(RandomGenerator random) {
    this.seed = random.nextLong();
  }

  int size() {
    return size;
  }

  @Nullable StoredEvent get(EventId id) {
    int hash = hash(id);
    for (int place = home(hash); hashes[place] != 0; place = after(place)) {
      StoredEvent stored = events[place];
      if (hashes[place] == hash && stored != null && stored.event.id().equals(id)) {
        return stored;
      }
    }
    return null;
  }

  /// Adds an event whose id is not in the table yet.
  void add(StoredEvent stored) {
    // Fuller than three quarters, runs of occupied slots grow long.
    if (size >= hashes.length - (hashes.length >> 2)) {
      grow();
    }
    stored.idHash = hash(stored.event.id());
    put(stored);
    size++;
  }

  /// Removes an event that is in the table.
  void remove(StoredEvent stored) {
    int place = home(stored.idHash);
    while (events[place] != stored) {
      if (hashes[place] == 0) {
        throw new IllegalStateException("event " + stored.event.id() + " is not in the table");
      }
      place = after(place);
    }
    close(place);
    size--;
  }

  private void put(StoredEvent stored) {
    int place = home(stored.idHash);
    while (hashes[place] != 0) {
      place = after(place);
    }
    hashes[place] = stored.idHash;
    events[place] = stored;
  }

  /// Frees a slot without breaking a run of occupied slots that includes it: the next event of the
  /// run that may move there fills the gap and leaves another one, which is closed in the same way.
  private void close(int freed) {
    int gap = freed;
    for (int place = after(gap); hashes[place] != 0; place = after(place)) {
      if (distance(home(hashes[place]), place) >= distance(gap, place)) {
        hashes[gap] = hashes[place];
        events[gap] = events[place];
        gap = place;
      }
    }
    hashes[gap] = 0;
    events[gap] = null;
  }

  private void grow() {
    @Nullable StoredEvent[] before = events;
    hashes = new int[before.length * 2];
    events = new StoredEvent[before.length * 2];
    for (StoredEvent stored : before) {
      if (stored != null) {
        put(stored);
      }
    }
  }

  private int hash(EventId id) {
    String text = id.value();
    long mixed = seed;
    for (int index = 0; index < text.length(); index++) {
      mixed = (mixed ^ text.charAt(index)) * SPREAD;
    }
    // The upper bits depend on all of the text; 0 means a free slot.
    return Math.max(1, (int) (mixed >>> 33));
  }

  private int home(int hash) {
    return hash & (hashes.length - 1);
  }

  private int after(int place) {
    return (place + 1) & (hashes.length - 1);
  }

  /// Returns the number of slots from one to the other, wrapping around.
  private int distance(int from, int to) {
    return (to - from) & (hashes.length - 1);
  }
}
