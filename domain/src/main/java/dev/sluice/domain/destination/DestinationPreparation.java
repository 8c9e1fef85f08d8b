package dev.sluice.domain.destination;

import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Optional;

/// Makes the destination of a subscription ready to be stored.
public interface DestinationPreparation {

  /// Checks a destination and encrypts its secrets. What it leaves out of its secrets is taken from
  /// the destination that it replaces, because reads never show them; a signing secret that neither
  /// has is made. Preparing what is stored already returns an equal destination.
  ///
  /// @param owner the subscription that the secrets belong to
  /// @param wanted as its author wrote it
  /// @param before the stored destination that it replaces, if there is one
  /// @throws RefusedDestinationException when nothing may be sent there, or a secret cannot be
  ///   stored
  Prepared prepare(SubscriptionName owner, Destination wanted, Optional<Destination> before);

  /// Gives a destination a new signing secret. The present one stays valid for some time.
  ///
  /// @param change the new secret and how long the present one stays valid
  /// @throws RefusedDestinationException when the destination signs nothing, or a secret cannot be
  ///   stored
  Prepared rotate(SubscriptionName owner, Destination stored, Rotation change);

  /// Returns a preparation for services whose destinations have no secrets.
  static DestinationPreparation none() {
    return NoPreparation.INSTANCE;
  }

  /// A destination that can be stored.
  ///
  /// @param destination with encrypted secrets only
  /// @param created the signing secret that was made, which is shown once; empty when none was made
  record Prepared(Destination destination, Optional<Secret.Plain> created) {}
}
