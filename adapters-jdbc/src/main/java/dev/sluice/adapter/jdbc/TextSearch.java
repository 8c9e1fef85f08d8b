package dev.sluice.adapter.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Searches payloads for a text, for one page of a list. The number of bytes is bounded, because
/// other requests wait for the same few connections.
final class TextSearch {

  /// A page ends when this many bytes were searched.
  private static final long MOST_BYTES = 64 << 20;

  /// Bytes to search with one statement, if payloads remain as long as they were.
  private static final long BYTES_A_LOOK = 16 << 20;

  /// A page also ends after this many events: requests other than searches wait, too.
  private static final int MOST_EVENTS = 4_000;

  private static final int FEWEST = 64;

  private final String text;
  private long bytes;
  private long events;

  /// @param text empty when there is nothing to search for
  TextSearch(String text) {
    this.text = text;
  }

  /// Returns whether there is nothing to search for.
  boolean isOpen() {
    return text.isEmpty();
  }

  /// Returns the events that contain the text.
  List<EventBatchReads.Head> in(EventBatchReads reads, List<EventBatchReads.Head> heads)
      throws SQLException {
    if (isOpen() || heads.isEmpty()) {
      return heads;
    }
    var found = new HashSet<Long>();
    var part = new ArrayList<Long>();
    long partBytes = 0;
    for (EventBatchReads.Head head : heads) {
      part.add(head.seq());
      partBytes += head.bytes();
      if (partBytes >= BYTES_A_LOOK) {
        found.addAll(reads.holding(text, part));
        part.clear();
        bytes += partBytes;
        partBytes = 0;
      }
    }
    if (!part.isEmpty()) {
      found.addAll(reads.holding(text, part));
    }
    bytes += partBytes;
    events += heads.size();
    return heads.stream().filter(head -> found.contains(head.seq())).toList();
  }

  /// Returns whether the page must end because enough was searched.
  boolean isEnough() {
    return bytes >= MOST_BYTES || events >= MOST_EVENTS;
  }

  /// Returns how many events to check next, if the caller wants `wanted`.
  int nextShare(int wanted) {
    if (isOpen()) {
      return wanted;
    }
    if (events == 0) {
      return Math.min(wanted, 4 * FEWEST);
    }
    long fitting = BYTES_A_LOOK / Math.max(1, bytes / events);
    return Math.clamp(fitting, FEWEST, Math.max(FEWEST, wanted));
  }
}
