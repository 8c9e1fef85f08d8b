package dev.sluice.domain.destination;

import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Optional;

/// Accepts destinations without secrets, and no others.
enum NoPreparation implements DestinationPreparation {
  INSTANCE;

  @Override
  public Prepared prepare(
      SubscriptionName owner, Destination wanted, Optional<Destination> before) {
    if (wanted instanceof Destination.Webhook) {
      throw new RefusedDestinationException("/kind", "webhooks cannot be sent from here");
    }
    return new Prepared(wanted, Optional.empty());
  }

  @Override
  public Prepared rotate(SubscriptionName owner, Destination stored, Rotation change) {
    throw new RefusedDestinationException(
        "/kind", "must be webhook: " + stored.kind() + " has no secret");
  }
}
