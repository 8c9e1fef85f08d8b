package dev.sluice.domain.port;

import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.subscription.Backfill;
import java.time.Instant;
import java.util.Optional;

/// What a bulk job does: fixed when it is planned, and not changed later.
///
/// @param id id of the job
/// @param token starts the job, once
/// @param action the action
/// @param filter chooses the deliveries, narrowed to those that qualify, and with them the events;
///   of a back-fill, events that may match it
/// @param backfill what a back-fill delivers; empty for other actions
/// @param from the events lie after this position: events stored later are not part of the plan
/// @param to the events do not lie after this position; [Cursor#END] for all that lie after `from`
/// @param qualifying number of events with a delivery that qualifies, or that lack the delivery
///   which a back-fill makes
/// @param plannedAt by the storage's time; deliveries that changed later are skipped
/// @param plannedBy who planned it
public record BulkPlan(
    String id,
    String token,
    BulkAction action,
    EventFilter filter,
    Optional<Backfill> backfill,
    Cursor from,
    Cursor to,
    long qualifying,
    Instant plannedAt,
    String plannedBy) {

  /// Returns whether the event with this sequence lies between the two positions.
  public boolean covers(long sequence) {
    return sequence < from.position() && sequence >= to.position();
  }

  /// Returns whether the plan applies to a delivery of an event that it covers: the filter chooses
  /// it, and it entered its state before the plan was made. When it is due does not matter.
  public boolean appliesTo(DeliverySnapshot delivery) {
    return filter.chooses(delivery) && !delivery.state().enteredAt().isAfter(plannedAt);
  }

  /// Returns whether events of the plan can lie after this position.
  public boolean goesOnAt(Cursor place) {
    return place.position() > Math.max(1, to.position());
  }
}
