package dev.sluice.application.operate;

import dev.sluice.application.work.ReceiverView;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.domain.subscription.Pause;
import java.time.Duration;
import java.util.List;

/// Why an event has its current status.
///
/// @param event the event at the time of the request
/// @param sentence the most informative reason, for people
/// @param deliveries each delivery
public record Explanation(EventSummary event, String sentence, List<OfDelivery> deliveries) {

  public Explanation {
    deliveries = List.copyOf(deliveries);
  }

  /// Why a delivery has its current status.
  ///
  /// @param delivery the delivery
  /// @param mostAttempts maximum number of attempts since its creation or last replay
  /// @param why the reason, for programs
  /// @param sentence the reason, for people
  public record OfDelivery(DeliverySnapshot delivery, int mostAttempts, Why why, String sentence) {}

  /// The reason why a delivery has its current status.
  public sealed interface Why {

    /// Its next attempt is due later.
    record NotDue(Duration in) implements Why {}

    /// It is due, but paused.
    record Paused(Pause pause) implements Why {}

    /// It is due, but its subscription has a rate limit, and no token is left.
    ///
    /// @param in time until the next token
    record RateLimited(Duration in) implements Why {}

    /// It is due, but its receiver gets no request now.
    ///
    /// @param receiver how the receiver is treated on this node
    record ReceiverBusy(ReceiverView receiver) implements Why {}

    /// It is due, but no worker slot is free, or other deliveries are due before it.
    ///
    /// @param ahead approximate number of deliveries that are due before it
    /// @param isMore whether there are more than `ahead`, or were not counted
    /// @param estimate approximate time until those are processed; zero when unknown
    record InLine(int ahead, boolean isMore, Duration estimate) implements Why {}

    /// It is behind another delivery in its lane, or the lane is blocked.
    ///
    /// @param lane the lane
    /// @param ahead number of deliveries between the head and this one
    /// @param isMore whether there are more than `ahead`
    record InLane(LaneView lane, int ahead, boolean isMore) implements Why {}

    /// It is due, and a worker slot is free.
    record StartsNow() implements Why {}

    /// An attempt is in progress.
    record InWork() implements Why {}

    /// It is finished.
    record Finished() implements Why {}
  }
}
