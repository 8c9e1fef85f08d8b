package dev.sluice.application.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.schedule.CatchUp;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ManageSchedulesTest {

  private static final ScheduleName NAME = new ScheduleName("a");

  private final Recurring recurring = new Recurring();
  private final ManageSchedules schedules = recurring.schedules;

  @Test
  void put_createsAndReplaces() {
    assertThat(recurring.put("a", Recurring.every(60, CatchUp.LAST)))
        .isEqualTo(new ScheduleEdit.Done(recurring.find("a"), true));
    assertThat(recurring.put("a", Recurring.every(60, CatchUp.ALL)))
        .isEqualTo(new ScheduleEdit.Done(recurring.find("a"), false));

    Schedule stored = recurring.find("a");
    assertThat(stored.changedBy()).isEqualTo("ann");
    assertThat(recurring.put("a", Recurring.every(60, CatchUp.ALL)))
        .isEqualTo(new ScheduleEdit.Unchanged(stored));
    assertThat(schedules.all()).containsExactly(stored);
  }

  @Test
  void expectedVersion_mustBeTheStoredOne() {
    recurring.put("a", Recurring.every(60, CatchUp.LAST));
    Schedule stored = recurring.find("a");
    var older = new Expected.Version(stored.version() - 1);
    var conflict = new ScheduleEdit.Conflict(Optional.of(stored));

    assertThat(schedules.put(NAME, Recurring.every(5, CatchUp.ALL), older, "bob"))
        .isEqualTo(conflict);
    assertThat(schedules.put(NAME, stored.definition(), Expected.ABSENT, "bob"))
        .isEqualTo(conflict);
    assertThat(schedules.delete(NAME, older)).isEqualTo(conflict);
    assertThat(schedules.delete(new ScheduleName("b"), older))
        .isEqualTo(new ScheduleEdit.Conflict(Optional.empty()));
  }

  @Test
  void deletedSchedule_isGone() {
    recurring.put("a", Recurring.every(60, CatchUp.LAST));

    assertThat(schedules.delete(NAME, Expected.ANY)).isEqualTo(new ScheduleEdit.Deleted());
    assertThat(schedules.delete(NAME, Expected.ANY)).isEqualTo(new ScheduleEdit.NotFound());
    assertThat(schedules.find(NAME)).isEmpty();
  }

  @Test
  void fullStore_takesNoMore() {
    for (int number = 0; number < ScheduleStore.MAX_SCHEDULES; number++) {
      recurring.put("s-" + number, Recurring.every(60, CatchUp.LAST));
    }

    assertThat(recurring.put("more", Recurring.every(60, CatchUp.LAST)))
        .isEqualTo(new ScheduleEdit.Full());
  }

  /// A tick that is due but waits is not lost by a change of the event.
  @Test
  void changeOfTheEvent_keepsWhatIsDue() {
    recurring.put("a", Recurring.every(60, CatchUp.LAST));
    Instant created = recurring.find("a").progress().handledUntil();
    recurring.clock.advance(Duration.ofMinutes(1));

    recurring.put("a", Recurring.definition("60", "other", CatchUp.ALL, true));
    assertThat(recurring.find("a").progress().handledUntil()).isEqualTo(created);
    recurring.put("a", Recurring.every(120, CatchUp.ALL));

    assertThat(recurring.find("a").progress().handledUntil())
        .isEqualTo(recurring.clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void nextTicks_areThoseThatWillHaveEvents() {
    recurring.put("a", Recurring.every(60, CatchUp.LAST));
    Instant first = Instant.parse("2026-01-02T03:05:00Z");

    assertThat(schedules.nextTicks(recurring.find("a"), 2))
        .containsExactly(first, first.plusSeconds(60));
    recurring.pass(recurring.newEmitter(), Duration.ofMinutes(1));
    recurring.clock.step(Duration.ofMinutes(-5));
    assertThat(schedules.nextTicks(recurring.find("a"), 1)).containsExactly(first.plusSeconds(60));
    recurring.put("a", Recurring.definition("60", "report", CatchUp.LAST, false));
    assertThat(schedules.nextTicks(recurring.find("a"), 2)).isEmpty();
  }
}
