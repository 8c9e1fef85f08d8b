package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.port.DeadLetters;
import dev.sluice.domain.port.ErrorGroup;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Groups dead letters in the heap. It reads each event that has one, a few thousand at a time, so
/// that other callers do not wait long.
final class MemoryDeadLetters implements DeadLetters {

  private static final int LOOKS_PER_TURN = 4_096;

  private static final Comparator<ErrorGroup> LARGEST_FIRST =
      Comparator.comparingLong(ErrorGroup::count)
          .reversed()
          .thenComparingLong(group -> group.fingerprint().value());

  private final Ledger ledger;

  MemoryDeadLetters(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public List<ErrorGroup> groups(ErrorGroup.Trend trend, int limit) {
    Map<ErrorFingerprint, ErrorGroup> groups = new HashMap<>();
    long position = Long.MAX_VALUE;
    while (position > 0) {
      long below = position;
      position = ledger.locked(() -> look(below, trend, groups));
    }
    return groups.values().stream().sorted(LARGEST_FIRST).limit(limit).toList();
  }

  /// @return where to continue; 0 at the end
  private long look(long below, ErrorGroup.Trend trend, Map<ErrorFingerprint, ErrorGroup> groups) {
    var statuses = EnumSet.of(EventStatus.FAILED);
    long position = below;
    for (int looks = 0; looks < LOOKS_PER_TURN && position > 0; looks++) {
      position = ledger.timeline.below(position, statuses, Instant.MIN, Instant.MAX);
      StoredEvent stored = position == 0 ? null : ledger.timeline.get(position);
      if (stored != null) {
        for (StoredDelivery delivery : stored.deliveries()) {
          if (delivery.state() instanceof DeliveryState.Failed failed) {
            groups.merge(
                delivery.fingerprint(), only(delivery, failed, trend), MemoryDeadLetters::both);
          }
        }
      }
    }
    return position;
  }

  private static ErrorGroup only(
      StoredDelivery delivery, DeliveryState.Failed failed, ErrorGroup.Trend trend) {
    Instant at = failed.finishedAt();
    boolean isRecent = !at.isBefore(trend.recentFrom());
    boolean isEarlier = !isRecent && !at.isBefore(trend.earlierFrom());
    return new ErrorGroup(
        delivery.fingerprint(),
        delivery.subscription,
        failed.cause(),
        1,
        at,
        at,
        delivery.event.event.id(),
        isRecent ? 1 : 0,
        isEarlier ? 1 : 0);
  }

  /// @param one from events that were stored later
  private static ErrorGroup both(ErrorGroup one, ErrorGroup other) {
    return new ErrorGroup(
        one.fingerprint(),
        one.subscription(),
        one.cause(),
        one.count() + other.count(),
        one.firstSeen().isBefore(other.firstSeen()) ? one.firstSeen() : other.firstSeen(),
        one.lastSeen().isAfter(other.lastSeen()) ? one.lastSeen() : other.lastSeen(),
        one.sample(),
        one.recent() + other.recent(),
        one.earlier() + other.earlier());
  }
}
