package dev.sluice.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FullDiskNoticeTest {

  private final SettableClock clock = new SettableClock();
  private final FullDiskNotice notice = new FullDiskNotice(clock);

  @Test
  void refusal_countsUntilSomethingIsStored() {
    assertThat(notice.isFull()).isFalse();

    notice.announce(new DiskFullException());
    assertThat(notice.isFull()).isTrue();

    notice.hasRoom();
    assertThat(notice.isFull()).isFalse();
  }

  /// A full node receives no events, and finds out that there is space only when it receives one.
  @Test
  void refusal_countsForHalfAMinute() {
    notice.announce(new DiskFullException());
    clock.advance(Duration.ofSeconds(29));
    assertThat(notice.isFull()).isTrue();

    clock.advance(Duration.ofSeconds(1));
    assertThat(notice.isFull()).isFalse();

    notice.announce(new DiskFullException());
    assertThat(notice.isFull()).isTrue();
  }
}
