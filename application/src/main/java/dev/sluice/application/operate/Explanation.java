package dev.sluice.application.operate;

import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.subscription.Pause;
import java.time.Duration;
import java.util.List;

/// Why an event is where it is.
///
/// @param event the event as it was when this was asked
/// @param sentence what tells most, for people
/// @param deliveries each delivery
public record Explanation(EventSummary event, String sentence, List<OfDelivery> deliveries) {

  public Explanation {
    deliveries = List.copyOf(deliveries);
  }

  /// Why a delivery is where it is.
  ///
  /// @param delivery the delivery
  /// @param mostAttempts so many attempts it has at most, since it began or was replayed
  /// @param why the reason, for programs
  /// @param sentence the same for people
  public record OfDelivery(DeliverySnapshot delivery, int mostAttempts, Why why, String sentence) {}

  /// The reason why a delivery is where it is.
  public sealed interface Why {

    /// Its next attempt is due later.
    record NotDue(Duration in) implements Why {}

    /// It is due, but held up.
    record Paused(Pause pause) implements Why {}

    /// It is due, but there is no free worker slot, or others are due before it.
    ///
    /// @param ahead about so many
    /// @param isMore whether there are more than that
    /// @param estimate about how long that takes; zero when nothing is known of it
    record InLine(int ahead, boolean isMore, Duration estimate) implements Why {}

    /// It is due, and a worker is free.
    record StartsNow() implements Why {}

    /// An attempt is under way.
    record InWork() implements Why {}

    /// It is over.
    record Finished() implements Why {}
  }
}
