package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.EventStatus;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// [#SIZE] consecutive events with a bitmap per status of their deliveries and their time range, so
/// that events that do not pass a filter are skipped by words of the bitmap or as a whole.
// The arrays that ordinals index live no longer than the process.
@SuppressWarnings("EnumOrdinal")
final class TimelineChunk {

  static final int SIZE = 1024;

  private static final int STATUSES = EventStatus.values().length;

  private final long base;
  private final @Nullable StoredEvent[] events = new StoredEvent[SIZE];
  private final long[][] bits = new long[STATUSES][SIZE / Long.SIZE];
  private final int[] counts = new int[STATUSES];
  private int live;
  private Instant earliest = Instant.MAX;
  private Instant latest = Instant.MIN;

  /// @param base first sequence that belongs here
  TimelineChunk(long base) {
    this.base = base;
  }

  long base() {
    return base;
  }

  boolean covers(long sequence) {
    return sequence >= base && sequence < base + SIZE;
  }

  void put(StoredEvent stored) {
    stored.chunk = this;
    events[indexOf(stored.sequence)] = stored;
    live++;
    changeBits(stored.sequence, 0, stored.indexedBits);
    Instant occurred = stored.event.occurredAt();
    earliest = occurred.isBefore(earliest) ? occurred : earliest;
    latest = occurred.isAfter(latest) ? occurred : latest;
  }

  void remove(StoredEvent stored) {
    changeBits(stored.sequence, stored.indexedBits, 0);
    stored.chunk = null;
    events[indexOf(stored.sequence)] = null;
    live--;
  }

  /// Lists the event under the statuses of `after` instead of those of `before`.
  void changeBits(long sequence, int before, int after) {
    for (int left = before ^ after; left != 0; left &= left - 1) {
      int status = Integer.numberOfTrailingZeros(left);
      if ((after & 1 << status) == 0) {
        unmark(sequence, status);
      } else {
        mark(sequence, status);
      }
    }
  }

  boolean isEmpty() {
    return live == 0;
  }

  @Nullable StoredEvent get(long sequence) {
    return events[indexOf(sequence)];
  }

  /// Returns whether the chunk may hold an event from the span of time with a delivery in one of
  /// the statuses.
  boolean mayHold(Set<EventStatus> statuses, Instant from, Instant to) {
    if (latest.isBefore(from) || earliest.isAfter(to)) {
      return false;
    }
    for (EventStatus status : statuses) {
      if (counts[status.ordinal()] > 0) {
        return true;
      }
    }
    return false;
  }

  /// Returns the largest sequence below `sequence` of an event here with a delivery in one of the
  /// statuses, or 0 when there is none.
  long below(long sequence, Set<EventStatus> statuses) {
    int end = (int) Math.min(SIZE, sequence - base);
    for (int word = (end - 1) >> 6; end > 0 && word >= 0; word--) {
      long set = wordOf(word, statuses);
      int inWord = end - (word << 6);
      if (inWord < Long.SIZE) {
        set &= (1L << inWord) - 1;
      }
      if (set != 0) {
        return base + (word << 6) + 63 - Long.numberOfLeadingZeros(set);
      }
    }
    return 0;
  }

  private long wordOf(int word, Set<EventStatus> statuses) {
    long set = 0;
    for (EventStatus status : statuses) {
      set |= bits[status.ordinal()][word];
    }
    return set;
  }

  private void mark(long sequence, int status) {
    int index = indexOf(sequence);
    bits[status][index >> 6] |= 1L << index;
    counts[status]++;
  }

  private void unmark(long sequence, int status) {
    int index = indexOf(sequence);
    bits[status][index >> 6] &= ~(1L << index);
    counts[status]--;
  }

  private int indexOf(long sequence) {
    return (int) (sequence - base);
  }
}
