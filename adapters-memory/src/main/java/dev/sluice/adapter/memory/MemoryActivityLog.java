package dev.sluice.adapter.memory;

import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Link;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/// The activity log in the heap. Guarded by this object's monitor.
///
/// The oldest entries are deleted early when all texts together exceed [#MOST_CHARACTERS]: a
/// million entries of the longest texts would fill the heap.
final class MemoryActivityLog implements ActivityLog {

  /// At most 64 MiB, in UTF-16.
  static final long MOST_CHARACTERS = 32L << 20;

  private final TreeMap<Long, ActivityEntry> entries = new TreeMap<>();
  private Link forgotten = Link.NONE;
  private long characters;

  @Override
  public synchronized ActivityEntry append(Function<Link, ActivityEntry> next) {
    ActivityEntry entry = next.apply(last());
    entries.put(entry.number(), entry);
    characters += charactersOf(entry);
    while (characters > MOST_CHARACTERS && entries.size() > 1) {
      forgetOldest();
    }
    return entry;
  }

  @Override
  public synchronized Page<ActivityEntry> newest(Cursor after, int limit) {
    List<ActivityEntry> found =
        entries.headMap(after.position(), false).descendingMap().values().stream()
            .limit(limit + 1L)
            .toList();
    boolean hasMore = found.size() > limit;
    List<ActivityEntry> page = hasMore ? found.subList(0, limit) : found;
    return new Page<>(page, hasMore ? new Cursor(page.getLast().number()) : Cursor.END);
  }

  @Override
  public synchronized List<ActivityEntry> from(long number, int limit) {
    return entries.tailMap(number, true).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized Bounds bounds() {
    return new Bounds(forgotten, last());
  }

  @Override
  public synchronized int purge(Instant before, long keepMost, int limit) {
    int purged = 0;
    while (purged < limit
        && entries.size() > 1
        && (entries.size() > keepMost || entries.firstEntry().getValue().at().isBefore(before))) {
      forgetOldest();
      purged++;
    }
    return purged;
  }

  private void forgetOldest() {
    ActivityEntry oldest = entries.pollFirstEntry().getValue();
    characters -= charactersOf(oldest);
    forgotten = linkTo(oldest);
  }

  private static int charactersOf(ActivityEntry entry) {
    ActivityEntry.Actor actor = entry.actor();
    ActivityEntry.Operation operation = entry.operation();
    return actor.name().length()
        + actor.keyId().length()
        + actor.role().length()
        + actor.address().length()
        + operation.action().length()
        + operation.target().length()
        + operation.detail().length()
        + operation.result().length()
        + operation.requestId().length()
        + entry.previousHash().length()
        + entry.hash().length();
  }

  private Link last() {
    return entries.isEmpty() ? Link.NONE : linkTo(entries.lastEntry().getValue());
  }

  private static Link linkTo(ActivityEntry entry) {
    return new Link(entry.number(), entry.hash());
  }
}
