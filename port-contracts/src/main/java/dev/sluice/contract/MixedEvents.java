package dev.sluice.contract;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Events with several deliveries, each in a status of its own.
public final class MixedEvents {

  /// A subscription of such events.
  public static final SubscriptionName AUDIT = new SubscriptionName("audit");

  /// A subscription of such events.
  public static final SubscriptionName BILLING = new SubscriptionName("billing");

  /// A subscription of such events.
  public static final SubscriptionName MAIL = new SubscriptionName("mail");

  private MixedEvents() {}

  /// Stores an event with a delivery in a status for each subscription. What is due of other events
  /// is handed back. At most 10 deliveries may be due.
  public static void store(
      StorageFixture fixture, String id, Map<SubscriptionName, DeliveryStatus> deliveries) {
    List<SubscriptionName> names =
        deliveries.keySet().stream().sorted(MixedEvents::byName).toList();
    fixture.events().append(List.of(new NewEvent(Events.event(id), names)));
    for (SubscriptionName name : names) {
      if (deliveries.get(name) == DeliveryStatus.CANCELLED) {
        fixture.control().cancel(new EventId(id), Set.of(name));
      }
    }
    for (Claim claim : fixture.claimDue()) {
      boolean isOurs = claim.event().id().value().equals(id);
      DeliveryStatus wanted =
          (isOurs ? deliveries : Map.<SubscriptionName, DeliveryStatus>of())
              .getOrDefault(claim.subscription(), DeliveryStatus.RECEIVED);
      outcome(fixture, wanted).ifPresent(outcome -> fixture.settle(claim, outcome));
    }
  }

  private static int byName(SubscriptionName one, SubscriptionName other) {
    return one.value().compareTo(other.value());
  }

  private static Optional<Resolution> outcome(StorageFixture fixture, DeliveryStatus wanted) {
    return switch (wanted) {
      case PROCESSING -> Optional.empty();
      case RECEIVED -> Optional.of(Resolution.HAND_BACK);
      case RETRYING -> Optional.of(fixture.retryIn(Duration.ofHours(1)));
      case COMPLETED -> Optional.of(Resolution.COMPLETE);
      case FAILED -> Optional.of(new Resolution.DeadLetter(StorageFixture.CAUSE));
      case EXPIRED -> Optional.of(Resolution.EXPIRE);
      case CANCELLED -> throw new AssertionError("a cancelled delivery was claimed");
    };
  }

  /// Returns the status of a delivery.
  static DeliveryStatus status(StorageFixture fixture, String id, SubscriptionName subscription) {
    return fixture.record(id).summary().deliveries().stream()
        .filter(delivery -> delivery.subscription().equals(subscription))
        .map(delivery -> delivery.state().status())
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " has no delivery for " + subscription));
  }
}
