package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.codec.Fields;
import dev.sluice.adapter.broker.codec.Nanos;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.format.schedule.StoredSchedule;
import java.util.List;

/// Encodes schedules and their progress. The scripts put the version before the text, and read it
/// there; they take the progress apart.
final class ScheduleCodec {

  private ScheduleCodec() {}

  /// Returns the text without the version.
  static String encode(StoredSchedule stored) {
    return Fields.join(
        List.of(
            stored.name(),
            stored.changedBy(),
            Nanos.text(stored.changedAt()),
            stored.definition()));
  }

  static String encode(ScheduleProgress progress) {
    return Fields.join(
        List.of(Nanos.text(progress.handledUntil()), Nanos.text(progress.lastTick())));
  }

  static ScheduleProgress progress(String text) {
    List<String> fields = Fields.split(text);
    return new ScheduleProgress(Nanos.toInstant(fields.get(0)), Nanos.toOptional(fields.get(1)));
  }

  /// Reads a text that begins with the version. A later version of Sluice may have added fields.
  static StoredSchedule decode(String text, String progress) {
    List<String> fields = Fields.split(text);
    return new StoredSchedule(
        fields.get(1),
        Long.parseLong(fields.get(0)),
        fields.get(4),
        fields.get(2),
        Nanos.toInstant(fields.get(3)),
        progress(progress));
  }
}
