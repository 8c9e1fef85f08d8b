package dev.sluice.application.recurring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.application.fixture.PlainCron;
import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.schedule.CatchUp;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Which ticks get events. The clock begins at 03:04:05.678.
final class TickEmitterTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Recurring recurring = new Recurring();
  private final TickEmitter emitter = recurring.newEmitter();

  private void pass(Duration time) {
    recurring.pass(emitter, time);
  }

  @Test
  void tick_hasOneEventMadeFromTheTemplate() {
    recurring.put("nightly", Recurring.every(60, CatchUp.LAST));
    pass(Duration.ofSeconds(54));
    assertThat(recurring.stored).isEmpty();

    pass(SECOND);
    pass(SECOND);

    var template = Recurring.every(60, CatchUp.LAST).event();
    Instant tick = Instant.parse("2026-01-02T03:05:00Z");
    assertThat(recurring.stored)
        .containsExactly(
            new EventDraft(
                Optional.of(new EventId("nightly@2026-01-02T03:05:00Z")),
                template.type(),
                Optional.of(tick),
                template.payload(),
                template.attributes()));
    assertThat(recurring.find("nightly").progress())
        .isEqualTo(new ScheduleProgress(tick, Optional.of(tick)));
  }

  @Test
  void eachTick_hasItsEvent() {
    recurring.put("a", Recurring.every(60, CatchUp.NONE));
    recurring.put("b", Recurring.every(120, CatchUp.NONE));
    for (int second = 0; second < 180; second++) {
      pass(SECOND);
    }

    assertThat(recurring.ids())
        .containsExactlyInAnyOrder(
            "a@2026-01-02T03:05:00Z",
            "a@2026-01-02T03:06:00Z",
            "b@2026-01-02T03:06:00Z",
            "a@2026-01-02T03:07:00Z");
    assertThat(recurring.duplicates).isZero();
  }

  /// Down from 03:04:05 to 03:14:05.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NONE | a@2026-01-02T03:14:00Z
          LAST | a@2026-01-02T03:13:00Z a@2026-01-02T03:14:00Z
          ALL  | a@2026-01-02T03:05:00Z a@2026-01-02T03:06:00Z a@2026-01-02T03:07:00Z a@2026-01-02T03:08:00Z a@2026-01-02T03:09:00Z a@2026-01-02T03:10:00Z a@2026-01-02T03:11:00Z a@2026-01-02T03:12:00Z a@2026-01-02T03:13:00Z a@2026-01-02T03:14:00Z
          """)
  void missedTicks_areCaughtUpWithAsAsked(CatchUp catchUp, String expected) {
    recurring.put("a", Recurring.every(60, catchUp));

    pass(MINUTE.multipliedBy(10));
    pass(SECOND);

    assertThat(recurring.ids()).containsExactly(expected.split(" ", -1));
  }

  @Test
  void catchUp_isBoundedToTheNewest() {
    recurring.put("a", Recurring.every(60, CatchUp.ALL));

    pass(Duration.ofDays(3));

    assertThat(recurring.ids()).hasSize(101).startsWith("a@2026-01-05T01:24:00Z");
    assertThat(recurring.ids()).last().isEqualTo("a@2026-01-05T03:04:00Z");
  }

  @Test
  void figures_sayWhatWasStoredSkippedAndHowLateTheNextIs() {
    recurring.put("a", Recurring.every(60, CatchUp.LAST));
    pass(MINUTE.multipliedBy(5));

    assertThat(emitter.figures().countStored()).isEqualTo(2);
    assertThat(emitter.figures().countSkipped()).isEqualTo(1);
    assertThat(emitter.figures().lateness(recurring.clock.instant())).isZero();
    recurring.refusal = Optional.of(IngestResult.Reason.BACKLOG_FULL);
    pass(MINUTE);
    Instant tick = Instant.parse("2026-01-02T03:10:00Z");
    assertThat(emitter.figures().lateness(tick.plusSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    recurring.refusal = Optional.empty();
    pass(SECOND.multipliedBy(2));

    assertThat(emitter.figures().countStored()).isEqualTo(3);
    assertThat(emitter.figures().lateness(tick.plusSeconds(7))).isZero();
  }

  @Test
  void skippedTicks_areNotConsideredAgain() {
    recurring.put("a", Recurring.every(3600, CatchUp.NONE));
    pass(Duration.ofHours(5));
    assertThat(recurring.stored).isEmpty();
    Instant skippedUntil = recurring.clock.instant().minus(MINUTE);
    assertThat(recurring.find("a").progress())
        .isEqualTo(new ScheduleProgress(skippedUntil, Optional.empty()));

    recurring.put("a", Recurring.every(3600, CatchUp.ALL));
    pass(Duration.ofMinutes(56));

    assertThat(recurring.ids()).containsExactly("a@2026-01-02T09:00:00Z");
  }

  @ParameterizedTest
  @EnumSource(
      value = IngestResult.Reason.class,
      names = {"BACKLOG_FULL", "DRAINING", "STORE_FULL", "CONTENDED", "UNROUTED_FULL"})
  void refusedEvent_isTriedAgainAndTheTickIsNotHandled(IngestResult.Reason reason) {
    recurring.put("a", Recurring.every(60, CatchUp.NONE));
    recurring.refusal = Optional.of(reason);
    pass(Duration.ofSeconds(55));
    assertThat(recurring.find("a").progress().lastTick()).isEmpty();

    recurring.refusal = Optional.empty();
    pass(Duration.ofMillis(500));
    assertThat(recurring.stored).isEmpty();
    pass(Duration.ofMillis(500));

    assertThat(recurring.ids()).containsExactly("a@2026-01-02T03:05:00Z");
  }

  @Test
  void tickAfterARefusedOne_isNotHandledEither() {
    recurring.put("a", Recurring.every(60, CatchUp.ALL));
    recurring.room = 3;
    pass(Duration.ofMinutes(10));
    assertThat(recurring.find("a").progress().lastTick())
        .contains(Instant.parse("2026-01-02T03:07:00Z"));

    recurring.room = Integer.MAX_VALUE;
    pass(SECOND);

    assertThat(recurring.ids()).hasSize(10).doesNotHaveDuplicates();
    assertThat(recurring.duplicates).isZero();
  }

  @Test
  void tickWhoseIdIsTaken_isHandled() {
    recurring.taken.add("a@2026-01-02T03:05:00Z");
    recurring.put("a", Recurring.every(60, CatchUp.LAST));
    pass(MINUTE);
    pass(MINUTE);

    assertThat(recurring.ids()).containsExactly("a@2026-01-02T03:06:00Z");
  }

  @Test
  void crashAfterTheEventWasStored_repeatsItAndNothingElse() {
    recurring.put("a", Recurring.every(60, CatchUp.LAST));
    var crashing =
        new TickEmitter(
            new CrashingSchedules(recurring.store), PlainCron.FORMAT, recurring, recurring.clock);
    recurring.clock.advance(MINUTE);
    assertThatThrownBy(crashing::emitDue).isInstanceOf(StoreUnavailableException.class);
    assertThat(recurring.find("a").progress().lastTick()).isEmpty();

    emitter.emitDue();

    assertThat(recurring.ids()).containsExactly("a@2026-01-02T03:05:00Z");
    assertThat(recurring.duplicates).isEqualTo(1);
    assertThat(recurring.find("a").progress().lastTick())
        .contains(Instant.parse("2026-01-02T03:05:00Z"));
  }

  @Test
  void nodesThatEmitAtOnce_storeOneEventForEachTick() throws Exception {
    recurring.put("a", Recurring.every(60, CatchUp.ALL));
    recurring.clock.advance(Duration.ofMinutes(30));

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var nodes =
          IntStream.range(0, 4).<Future<?>>mapToObj(_ -> threads.submit(this::emitAll)).toList();
      for (Future<?> node : nodes) {
        node.get();
      }
    }

    assertThat(recurring.ids()).doesNotHaveDuplicates().hasSize(30);
    assertThat(recurring.find("a").progress().lastTick())
        .contains(Instant.parse("2026-01-02T03:34:00Z"));
  }

  private void emitAll() {
    TickEmitter node = recurring.newEmitter();
    for (int round = 0; round < 40; round++) {
      node.emitDue();
    }
  }

  @Test
  void tickThatAnotherNodeEmitted_isLeftAlone() {
    TickEmitter other = recurring.newEmitter();
    recurring.put("a", Recurring.every(60, CatchUp.ALL));
    emitter.emitDue();
    other.emitDue();

    pass(MINUTE);
    other.emitDue();

    assertThat(recurring.ids()).hasSize(1);
    assertThat(recurring.duplicates).isZero();
  }

  @Test
  void clockSetBack_repeatsNothing() {
    recurring.put("a", Recurring.every(60, CatchUp.ALL));
    pass(MINUTE);

    recurring.clock.step(Duration.ofMinutes(-5));
    pass(MINUTE);
    assertThat(recurring.stored).hasSize(1);
    pass(MINUTE.multipliedBy(5));

    assertThat(recurring.ids()).containsExactly("a@2026-01-02T03:05:00Z", "a@2026-01-02T03:06:00Z");
    assertThat(recurring.duplicates).isZero();
  }

  @Test
  void failingSchedule_stopsNoOther() {
    recurring.failingType = "broken";
    recurring.put("a", Recurring.definition("60", "broken", CatchUp.LAST, true));
    recurring.put("b", Recurring.every(60, CatchUp.LAST));
    recurring.put("c", Recurring.definition("broken", "report", CatchUp.LAST, true));
    recurring.put("d", Recurring.definition("failing", "report", CatchUp.LAST, true));
    pass(MINUTE);
    assertThat(recurring.ids()).containsExactly("b@2026-01-02T03:05:00Z");

    recurring.failingType = "";
    pass(SECOND);

    assertThat(recurring.ids()).contains("a@2026-01-02T03:05:00Z");
  }

  @Test
  void disabledSchedule_hasNoTicksAndMakesUpForNone() {
    recurring.put("a", Recurring.definition("60", "report", CatchUp.ALL, false));
    pass(Duration.ofMinutes(5));
    assertThat(recurring.stored).isEmpty();

    recurring.put("a", Recurring.every(60, CatchUp.ALL));
    pass(MINUTE);

    assertThat(recurring.ids()).containsExactly("a@2026-01-02T03:10:00Z");
  }

  @Test
  void changedAndDeletedSchedules_areNoticedWithinASecond() {
    recurring.put("a", Recurring.every(3600, CatchUp.ALL));
    emitter.emitDue();
    recurring.put("a", Recurring.every(60, CatchUp.ALL));
    recurring.put("b", Recurring.every(60, CatchUp.ALL));
    pass(SECOND);
    recurring.schedules.delete(new ScheduleName("b"), Expected.ANY);
    pass(MINUTE);

    assertThat(recurring.ids()).containsExactly("a@2026-01-02T03:05:00Z");
  }
}
