package dev.sluice.adapter.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Looks for a text in payloads, for one page of a list: only so many bytes of them, because others
/// wait for the same few connections.
final class TextSearch {

  /// A page ends when so many bytes were looked through.
  private static final long MOST_BYTES = 64 << 20;

  /// So many are looked through with one statement, if payloads go on to be as long as they were.
  private static final long BYTES_A_LOOK = 16 << 20;

  /// And when so many events were: others than searches wait for a page, too.
  private static final int MOST_EVENTS = 4_000;

  private static final int FEWEST = 64;

  private final String text;
  private long bytes;
  private long events;

  /// @param text empty when there is nothing to look for
  TextSearch(String text) {
    this.text = text;
  }

  /// Whether there is nothing to look for.
  boolean isOpen() {
    return text.isEmpty();
  }

  /// Those among the events that hold the text.
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

  /// Whether so much was looked through that the page must end.
  boolean isEnough() {
    return bytes >= MOST_BYTES || events >= MOST_EVENTS;
  }

  /// How many events to look at next, if `wanted` are wanted.
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
