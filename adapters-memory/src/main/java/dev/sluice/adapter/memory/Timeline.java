package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.EventStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All events by sequence, with an index by the statuses of their deliveries.
// The arrays that ordinals index live no longer than the process.
@SuppressWarnings("EnumOrdinal")
final class Timeline {

  private final TreeMap<Long, TimelineChunk> chunks = new TreeMap<>();
  private final long[] counts = new long[EventStatus.values().length];

  /// Events with a delivery in a status.
  private final long[] listed = new long[EventStatus.values().length];

  private @Nullable TimelineChunk newest;
  private long lastSequence;

  long nextSequence() {
    return lastSequence + 1;
  }

  /// Returns the number of events in this status.
  long count(EventStatus status) {
    return counts[status.ordinal()];
  }

  /// Returns the number of events with a delivery in this status.
  long countListed(EventStatus status) {
    return listed[status.ordinal()];
  }

  long size() {
    long size = 0;
    for (long count : counts) {
      size += count;
    }
    return size;
  }

  void append(StoredEvent stored) {
    lastSequence = stored.sequence;
    TimelineChunk chunk = newest;
    if (chunk == null || !chunk.covers(stored.sequence)) {
      if (chunk != null && chunk.isEmpty()) {
        chunks.remove(chunk.base());
      }
      chunk = new TimelineChunk(baseOf(stored.sequence));
      chunks.put(chunk.base(), chunk);
      newest = chunk;
    }
    chunk.put(stored);
    counts[stored.indexedStatus.ordinal()]++;
    countBits(0, stored.indexedBits);
  }

  void remove(StoredEvent stored) {
    TimelineChunk chunk = chunkOf(stored);
    chunk.remove(stored);
    if (chunk.isEmpty() && chunk != newest) {
      chunks.remove(chunk.base());
    }
    counts[stored.indexedStatus.ordinal()]--;
    countBits(stored.indexedBits, 0);
  }

  /// Brings the index and the counts to the current states of the event's deliveries.
  void update(StoredEvent stored) {
    int bits = stored.currentBits();
    if (bits == stored.indexedBits) {
      return;
    }
    chunkOf(stored).changeBits(stored.sequence, stored.indexedBits, bits);
    countBits(stored.indexedBits, bits);
    stored.indexedBits = bits;
    EventStatus status = stored.currentStatus();
    counts[stored.indexedStatus.ordinal()]--;
    counts[status.ordinal()]++;
    stored.indexedStatus = status;
  }

  private void countBits(int before, int after) {
    for (int left = before ^ after; left != 0; left &= left - 1) {
      int status = Integer.numberOfTrailingZeros(left);
      listed[status] += (after & 1 << status) == 0 ? -1 : 1;
    }
  }

  @Nullable StoredEvent get(long sequence) {
    TimelineChunk chunk = chunks.get(baseOf(sequence));
    return chunk == null ? null : chunk.get(sequence);
  }

  /// Returns the largest sequence below `sequence` of an event with a delivery in one of the
  /// statuses, or 0 when there is none. Skips chunks without events from the span of time, but not
  /// every single event outside it.
  long below(long sequence, Set<EventStatus> statuses, Instant from, Instant to) {
    Map.Entry<Long, TimelineChunk> entry = chunks.lowerEntry(sequence);
    while (entry != null) {
      if (entry.getValue().mayHold(statuses, from, to)) {
        long found = entry.getValue().below(sequence, statuses);
        if (found > 0) {
          return found;
        }
      }
      entry = chunks.lowerEntry(entry.getKey());
    }
    return 0;
  }

  /// Returns the start of the chunk that `sequence` belongs to if none of its events can pass the
  /// filter, otherwise `sequence`.
  long skip(long sequence, Set<EventStatus> statuses, Instant from, Instant to) {
    long base = baseOf(sequence);
    TimelineChunk chunk = chunks.get(base);
    return chunk == null || chunk.mayHold(statuses, from, to) ? sequence : base;
  }

  private static TimelineChunk chunkOf(StoredEvent stored) {
    TimelineChunk chunk = stored.chunk;
    if (chunk == null) {
      throw new IllegalStateException("event " + stored.event.id() + " is not on the timeline");
    }
    return chunk;
  }

  /// Returns the first sequence of the chunk, which is also the chunk's key.
  private static long baseOf(long sequence) {
    return sequence & -TimelineChunk.SIZE;
  }
}
