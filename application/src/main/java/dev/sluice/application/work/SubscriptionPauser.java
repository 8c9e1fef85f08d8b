package dev.sluice.application.work;

import dev.sluice.domain.subscription.SubscriptionName;

/// Pauses subscriptions that the service itself must pause.
@FunctionalInterface
public interface SubscriptionPauser {

  /// Pauses a subscription until an operator resumes it. When this returns, no attempt of it begins
  /// on this node.
  ///
  /// @param reason a sentence that says why
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the pause was not stored
  void pause(SubscriptionName subscription, String reason);
}
