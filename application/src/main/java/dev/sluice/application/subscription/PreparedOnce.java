package dev.sluice.application.subscription;

import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.destination.Rotation;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Prepares each destination once for what is stored: a receiver is not looked up and asked again
/// when a plan is made again after a concurrent change. Not thread-safe.
final class PreparedOnce implements DestinationPreparation {

  private final DestinationPreparation destinations;
  private final Map<Question, Prepared> prepared = new HashMap<>();
  private final Map<Question, RefusedDestinationException> refused = new HashMap<>();

  PreparedOnce(DestinationPreparation destinations) {
    this.destinations = destinations;
  }

  private record Question(
      SubscriptionName owner, Destination wanted, Optional<Destination> before) {}

  @Override
  public Prepared prepare(
      SubscriptionName owner, Destination wanted, Optional<Destination> before) {
    var question = new Question(owner, wanted, before);
    RefusedDestinationException refusal = refused.get(question);
    if (refusal != null) {
      throw refusal;
    }
    try {
      return prepared.computeIfAbsent(question, _ -> destinations.prepare(owner, wanted, before));
    } catch (RefusedDestinationException e) {
      refused.put(question, e);
      throw e;
    }
  }

  @Override
  public Prepared rotate(SubscriptionName owner, Destination stored, Rotation change) {
    return destinations.rotate(owner, stored, change);
  }
}
