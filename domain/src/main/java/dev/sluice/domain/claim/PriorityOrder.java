package dev.sluice.domain.claim;

import dev.sluice.domain.event.Priority;
import java.time.Duration;
import java.time.Instant;

/// The order in which due deliveries of a subscription begin: by due time less a bonus for their
/// priority, which is [#step] for each level above the default and negative below it. So they age:
/// whatever the priorities, a delivery is overtaken only by those that become due less than nine
/// steps after it.
///
/// A bonus never makes a delivery due.
///
/// @param step the bonus of one level; zero makes all priorities equal
public record PriorityOrder(Duration step) {

  private static final long SECOND = 1_000_000_000;

  /// Seconds; more than all bonuses together.
  private static final long FAR_APART = 100L * 86_400;

  /// The longest possible step.
  public static final Duration MAX_STEP = Duration.ofDays(1);

  /// The order where no other is configured: one minute for each level.
  public static final PriorityOrder DEFAULT = new PriorityOrder(Duration.ofMinutes(1));

  /// @throws IllegalArgumentException when the step is negative or longer than [#MAX_STEP]
  public PriorityOrder {
    if (step.isNegative() || step.compareTo(MAX_STEP) > 0) {
      throw new IllegalArgumentException("the step must be from zero to one day, but was " + step);
    }
  }

  /// Returns the time that decides between due deliveries: the earliest begins first.
  public Instant rank(Priority priority, Instant dueAt) {
    return dueAt.minus(bonus(priority));
  }

  /// Compares two due deliveries: negative if the first one begins first, 0 if both have the same
  /// rank. For claims that compare many; allocates nothing.
  public int compare(Priority one, Instant dueAt, Priority other, Instant otherDueAt) {
    long apart = otherDueAt.getEpochSecond() - dueAt.getEpochSecond();
    if (Math.abs(apart) > FAR_APART) {
      return apart > 0 ? -1 : 1;
    }
    long later = apart * SECOND + otherDueAt.getNano() - dueAt.getNano();
    long bonus = step.toNanos() * (one.level() - other.level());
    return Long.compare(0, later + bonus);
  }

  /// Returns when a delivery of this level is due that has the same rank as one of another
  /// priority.
  ///
  /// @param dueAt when that one is due
  public Instant sameRank(Priority level, Priority other, Instant dueAt) {
    return rank(other, dueAt).plus(bonus(level));
  }

  private Duration bonus(Priority priority) {
    return step.multipliedBy(priority.level() - Priority.DEFAULT.level());
  }
}
