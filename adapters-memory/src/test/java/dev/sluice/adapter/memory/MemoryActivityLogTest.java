package dev.sluice.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.ActivityLogContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Link;
import dev.sluice.domain.port.ActivityEntry.Operation;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.Cursor;
import org.junit.jupiter.api.Test;

final class MemoryActivityLogTest implements ActivityLogContract {

  private static final int TEXT_LENGTH = 1 << 20;
  private static final String TEXT = "x".repeat(TEXT_LENGTH);

  @Override
  public ActivityLog newLog() {
    return MemoryAdapter.activity();
  }

  private static ActivityEntry entry(Link last) {
    return new ActivityEntry(
        last.number() + 1,
        SettableClock.START,
        new Actor("ann", "", "", ""),
        new Operation("event.replay", "e-1", TEXT, "202", "r-1"),
        last.hash(),
        "hash");
  }

  @Test
  void longTexts_makeTheOldestEntriesGo() {
    ActivityLog log = newLog();
    int most = (int) (MemoryActivityLog.MOST_CHARACTERS / TEXT_LENGTH);

    for (int number = 0; number < 3 * most; number++) {
      log.append(MemoryActivityLogTest::entry);
    }

    assertThat(log.newest(Cursor.START, 3 * most).items()).hasSizeBetween(most - 1, most);
    assertThat(log.bounds().last().number()).isEqualTo(3L * most);
    assertThat(log.bounds().forgotten().number()).isBetween(2L * most, 2L * most + 1);
  }
}
