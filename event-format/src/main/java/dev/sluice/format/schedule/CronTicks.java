package dev.sluice.format.schedule;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.schedule.Ticks;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/// The ticks of a cron expression in a time zone.
///
/// Where clocks change, some local times do not exist, and some exist twice. An expression with `*`
/// for the hour follows elapsed time: its ticks are at all moments whose local time matches. Any
/// other one has one tick for each local time that matches: for a time that does not exist, at the
/// first moment after the gap; for one that exists twice, the first time.
///
/// @param expression the local times
/// @param zone the rules of the time zone
record CronTicks(CronExpression expression, ZoneRules zone) implements Ticks {

  private static final LocalDate END =
      LocalDate.ofInstant(Attributes.END_OF_TIME, ZoneOffset.UTC).plusDays(1);

  CronTicks(CronExpression expression, ZoneId zone) {
    this(expression, zone.getRules());
  }

  @Override
  public Optional<Instant> after(Instant time) {
    Optional<Instant> next =
        expression.isHourly() ? afterByElapsedTime(time) : afterByLocalTime(time);
    return next.filter(tick -> tick.isBefore(Attributes.END_OF_TIME));
  }

  /// Later local times never have earlier ticks, so that the first one found is the next.
  private Optional<Instant> afterByLocalTime(Instant time) {
    LocalDateTime from = LocalDateTime.ofInstant(time, zone.getOffset(time)).plusNanos(1);
    for (; ; ) {
      Optional<LocalDateTime> local = expression.next(from, END);
      if (local.isEmpty()) {
        return Optional.empty();
      }
      Instant tick = tickAt(local.get());
      if (tick.isAfter(time)) {
        return Optional.of(tick);
      }
      from = local.get().plusNanos(1);
    }
  }

  private Instant tickAt(LocalDateTime local) {
    List<ZoneOffset> offsets = zone.getValidOffsets(local);
    return offsets.isEmpty()
        ? zone.getTransition(local).getInstant()
        : local.toInstant(offsets.getFirst());
  }

  /// Searches from one change of clocks to the next, between which local time is elapsed time.
  private Optional<Instant> afterByElapsedTime(Instant time) {
    Instant since = time.plusNanos(1);
    while (since.isBefore(Attributes.END_OF_TIME)) {
      ZoneOffset offset = zone.getOffset(since);
      ZoneOffsetTransition change = zone.nextTransition(since);
      LocalDate end = change == null ? END : change.getDateTimeBefore().toLocalDate().plusDays(1);
      Optional<Instant> tick =
          expression
              .next(LocalDateTime.ofInstant(since, offset), end)
              .map(local -> local.toInstant(offset));
      if (change == null || tick.filter(found -> found.isBefore(change.getInstant())).isPresent()) {
        return tick;
      }
      since = change.getInstant();
    }
    return Optional.empty();
  }
}
