package dev.sluice.format.schedule;

import dev.sluice.domain.schedule.Schedule;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Decodes stored schedules. One that this version of Sluice does not understand is skipped: the
/// nodes that understand it emit its events.
public final class ScheduleDecoder {

  private static final System.Logger LOG = System.getLogger(ScheduleDecoder.class.getName());

  /// The versions that were last reported as not understood, by name: each is logged once.
  private final Map<String, Long> reported = new ConcurrentHashMap<>();

  /// Returns those schedules that are understood, in the given order.
  public List<Schedule> decodeAll(List<StoredSchedule> stored) {
    return stored.stream().flatMap(one -> decode(one).stream()).toList();
  }

  /// Returns the schedule; empty when it is not understood.
  public Optional<Schedule> decode(StoredSchedule stored) {
    try {
      return Optional.of(stored.decode());
    } catch (IllegalArgumentException e) {
      @Nullable Long before = reported.put(stored.name(), stored.version());
      if (!Objects.equals(before, stored.version())) {
        LOG.log(
            Level.WARNING,
            "schedule {0} is skipped on this node: cannot read version {1} ({2}); upgrade this"
                + " node, or store the schedule again",
            stored.name(),
            Long.toString(stored.version()),
            e.getMessage());
      }
      return Optional.empty();
    }
  }
}
