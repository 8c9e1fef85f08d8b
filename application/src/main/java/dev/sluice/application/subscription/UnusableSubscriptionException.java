package dev.sluice.application.subscription;

import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.subscription.SubscriptionName;

/// A declared subscription cannot be stored, because of its destination or its ordering.
public final class UnusableSubscriptionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final boolean isTemporary;

  private UnusableSubscriptionException(SubscriptionName name, String reason) {
    super("the subscription " + name + " cannot be stored: " + reason);
    this.isTemporary = false;
  }

  /// Returns that the storage does not offer what its ordering asks for.
  static UnusableSubscriptionException cannotBeOrdered(SubscriptionName name) {
    return new UnusableSubscriptionException(
        name, "its deliveries cannot be ordered with STORAGE=broker");
  }

  UnusableSubscriptionException(SubscriptionName name, RefusedDestinationException cause) {
    super("the subscription " + name + " cannot be stored: " + cause.getMessage(), cause);
    this.isTemporary = cause.isTemporary();
  }

  /// Returns whether its receiver only did not respond.
  boolean isTemporary() {
    return isTemporary;
  }
}
