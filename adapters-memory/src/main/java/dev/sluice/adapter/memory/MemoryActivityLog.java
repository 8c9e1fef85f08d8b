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

/// What operators did, in the heap. Guarded by this object's monitor.
final class MemoryActivityLog implements ActivityLog {

  private final TreeMap<Long, ActivityEntry> entries = new TreeMap<>();
  private Link forgotten = Link.NONE;

  @Override
  public synchronized ActivityEntry append(Function<Link, ActivityEntry> next) {
    ActivityEntry entry = next.apply(last());
    entries.put(entry.number(), entry);
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
      forgotten = linkTo(entries.pollFirstEntry().getValue());
      purged++;
    }
    return purged;
  }

  private Link last() {
    return entries.isEmpty() ? Link.NONE : linkTo(entries.lastEntry().getValue());
  }

  private static Link linkTo(ActivityEntry entry) {
    return new Link(entry.number(), entry.hash());
  }
}
