package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Link;
import dev.sluice.domain.port.ActivityEntry.Operation;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The promises of [ActivityLog].
public interface ActivityLogContract {

  /// Returns a new, empty log.
  ActivityLog newLog();

  private static ActivityEntry add(ActivityLog log, int second) {
    return log.append(last -> entry(last, second));
  }

  private static ActivityEntry entry(Link last, int second) {
    return new ActivityEntry(
        last.number() + 1,
        SettableClock.START.plusSeconds(second),
        new Actor("ann", "k1", "operator", "127.0.0.1"),
        new Operation("event.replay", "e-1", "because 'ä'", "202", "r-1"),
        last.hash(),
        "hash of " + second);
  }

  private static Instant second(int second) {
    return SettableClock.START.plusSeconds(second);
  }

  @Test
  default void emptyLog_hasNothing() {
    ActivityLog log = newLog();

    assertThat(log.newest(Cursor.START, 10).items()).isEmpty();
    assertThat(log.from(1, 10)).isEmpty();
    assertThat(log.bounds()).isEqualTo(new ActivityLog.Bounds(Link.NONE, Link.NONE));
  }

  @Test
  default void entries_followEachOther() {
    ActivityLog log = newLog();

    ActivityEntry first = add(log, 1);
    ActivityEntry second = add(log, 2);

    assertThat(first).isEqualTo(entry(Link.NONE, 1));
    assertThat(second).isEqualTo(entry(new Link(1, "hash of 1"), 2));
    assertThat(log.from(1, 10)).containsExactly(first, second);
    assertThat(log.from(2, 10)).containsExactly(second);
    assertThat(log.from(1, 1)).containsExactly(first);
    assertThat(log.bounds().last()).isEqualTo(new Link(2, "hash of 2"));
  }

  @Test
  default void pages_areNewestFirst() {
    ActivityLog log = newLog();
    for (int second = 1; second <= 5; second++) {
      add(log, second);
    }

    Page<ActivityEntry> first = log.newest(Cursor.START, 3);
    Page<ActivityEntry> second = log.newest(first.next(), 2);

    assertThat(first.items()).extracting(ActivityEntry::number).containsExactly(5L, 4L, 3L);
    assertThat(second.items()).extracting(ActivityEntry::number).containsExactly(2L, 1L);
    assertThat(second.hasNext()).isFalse();
  }

  @Test
  default void purge_forgetsTheOldestAndRemembersTheirEnd() {
    ActivityLog log = newLog();
    for (int second = 1; second <= 5; second++) {
      add(log, second);
    }

    assertThat(log.purge(second(3), 100, 10)).isEqualTo(2);

    assertThat(log.from(1, 10)).extracting(ActivityEntry::number).containsExactly(3L, 4L, 5L);
    assertThat(log.bounds())
        .isEqualTo(new ActivityLog.Bounds(new Link(2, "hash of 2"), new Link(5, "hash of 5")));
    assertThat(log.purge(Instant.EPOCH, 2, 10)).isEqualTo(1);
    assertThat(log.purge(Instant.MAX.minusSeconds(1_000_000_000), 100, 10)).isEqualTo(1);
    assertThat(log.from(1, 10)).extracting(ActivityEntry::number).containsExactly(5L);
  }

  @Test
  default void purge_keepsItsLimit() {
    ActivityLog log = newLog();
    for (int second = 1; second <= 5; second++) {
      add(log, second);
    }

    assertThat(log.purge(second(9), 100, 2)).isEqualTo(2);
    assertThat(log.from(1, 10)).hasSize(3);
  }

  @Test
  default void appendsAtOnce_makeOneChain() throws Exception {
    ActivityLog log = newLog();
    Callable<Integer> appends =
        () -> {
          for (int second = 0; second < 25; second++) {
            add(log, second);
          }
          return 0;
        };

    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<Integer> done : threads.invokeAll(List.of(appends, appends, appends, appends))) {
        done.get();
      }
    }

    List<ActivityEntry> all = log.from(1, 1_000);
    var numbers = new ArrayList<Long>();
    String previous = "";
    for (ActivityEntry entry : all) {
      assertThat(entry.previousHash()).isEqualTo(previous);
      previous = entry.hash();
      numbers.add(entry.number());
    }
    assertThat(numbers).hasSize(100).isSorted().doesNotHaveDuplicates();
  }
}
