package dev.sluice.application.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.schedule.CatchUp;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What one pass does when many schedules are due. The clock begins at 03:04:05.678.
final class TickEmitterPassTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Recurring recurring = new Recurring();
  private final TickEmitter emitter = recurring.newEmitter();

  private void pass(Duration time) {
    recurring.pass(emitter, time);
  }

  @Test
  void manyTicks_areStoredTogetherInPassesOfBoundedSize() {
    IntStream.range(0, 300)
        .forEach(each -> recurring.put("s" + each, Recurring.every(60, CatchUp.LAST)));
    recurring.put("early", Recurring.every(30, CatchUp.LAST));
    emitter.emitDue();

    pass(MINUTE);
    pass(Duration.ofMillis(50));
    pass(Duration.ofMillis(50));

    assertThat(recurring.calls).containsExactly(TickEmitter.MAX_TICKS, 302 - TickEmitter.MAX_TICKS);
    assertThat(recurring.ids()).hasSize(302).startsWith("early@2026-01-02T03:04:30Z");
  }

  @Test
  void skippedTicks_countTowardThePassToo() {
    IntStream.range(0, 300)
        .forEach(each -> recurring.put("s" + each, Recurring.every(3600, CatchUp.NONE)));

    pass(Duration.ofHours(2));
    assertThat(handled()).isEqualTo(TickEmitter.MAX_TICKS);
    pass(Duration.ofMillis(50));

    assertThat(handled()).isEqualTo(300);
  }

  private long handled() {
    Instant missedBefore = Instant.parse("2026-01-02T05:00:00Z");
    return recurring.store.all().stream()
        .filter(one -> one.progress().handledUntil().isAfter(missedBefore))
        .count();
  }

  @Test
  void eventThatTheStorageNeverTakes_holdsUpNoOther() {
    recurring.failingType = "poison";
    recurring.failure = new StoreUnavailableException("no", new IllegalStateException());
    recurring.put("a", Recurring.definition("60", "poison", CatchUp.LAST, true));
    IntStream.range(0, 100)
        .forEach(each -> recurring.put("b" + each, Recurring.every(60, CatchUp.LAST)));
    emitter.emitDue();

    recurring.clock.advance(MINUTE);
    int failures = 0;
    for (int pass = 0; pass < 10; pass++) {
      failures += isEmitting() ? 0 : 1;
    }

    assertThat(failures).isEqualTo(2);
    assertThat(recurring.ids()).hasSize(100).doesNotHaveDuplicates();
  }

  private boolean isEmitting() {
    try {
      emitter.emitDue();
      return true;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }
}
