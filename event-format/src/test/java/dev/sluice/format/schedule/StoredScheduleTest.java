package dev.sluice.format.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleDefinition;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleProgress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a storage holds can be read again, or is skipped.
final class StoredScheduleTest {

  private static final Instant NOW = Instant.parse("2026-03-14T09:26:53.589Z");

  private static StoredSchedule stored(String name, String definition) {
    return new StoredSchedule(
        name,
        7,
        definition,
        "ann",
        NOW,
        new ScheduleProgress(NOW, Optional.of(NOW.minusSeconds(1))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cron\":\"@daily\",\"event\":{\"event_type\":\"t\",\"payload\":null}}",
        "{\"cron\":\" 0  0 * * * \",\"time_zone\":\"America/New_York\",\"catch_up\":\"none\","
            + "\"enabled\":false,\"event\":{\"event_type\":\"t\",\"payload\":{\"a\": [1.50,\"\\u00e9\"]},"
            + "\"source\":\"/s\",\"subject\":\"\uD83D\uDE80\",\"key\":\"k\"}}"
      })
  void schedule_isReadAsItWasWritten(String definition) {
    Schedule schedule = stored("nightly", definition).decode();

    StoredSchedule again = StoredSchedule.of(schedule);

    assertThat(again.decode()).isEqualTo(schedule);
    assertThat(StoredSchedule.of(again.decode())).isEqualTo(again);
  }

  /// A zone without a name could be stored, but not be read.
  @Test
  void scheduleThatCouldNotBeRead_isNotStored() {
    Schedule valid =
        stored("a", "{\"cron\":\"@daily\",\"event\":{\"event_type\":\"t\",\"payload\":1}}")
            .decode();
    ScheduleDefinition before = valid.definition();
    var odd =
        new ScheduleDefinition(
            before.cron(), ZoneOffset.UTC, before.event(), before.catchUp(), before.isEnabled());

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                StoredSchedule.of(
                    new Schedule(valid.name(), 7, odd, "ann", NOW, valid.progress())));
  }

  @Test
  void scheduleOfALaterVersion_isSkipped() {
    String known = "{\"cron\":\"@daily\",\"event\":{\"event_type\":\"t\",\"payload\":1}}";
    var decoder = new ScheduleDecoder();

    assertThat(
            decoder.decodeAll(
                List.of(
                    stored("a", known.replace("@daily", "@fortnightly")),
                    stored("b", known),
                    stored("c", known.replace("}}", "},\"jitter\":\"5m\"}")),
                    stored("d", "{"))))
        .extracting(Schedule::name)
        .containsExactly(new ScheduleName("b"));
  }
}
