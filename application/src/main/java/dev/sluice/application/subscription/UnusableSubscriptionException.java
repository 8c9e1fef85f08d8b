package dev.sluice.application.subscription;

import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.subscription.SubscriptionName;

/// A declared subscription cannot be stored, because of its destination.
public final class UnusableSubscriptionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final boolean isTemporary;

  UnusableSubscriptionException(SubscriptionName name, RefusedDestinationException cause) {
    super("the subscription " + name + " cannot be stored: " + cause.getMessage(), cause);
    this.isTemporary = cause.isTemporary();
  }

  /// Returns whether its receiver only did not respond.
  boolean isTemporary() {
    return isTemporary;
  }
}
