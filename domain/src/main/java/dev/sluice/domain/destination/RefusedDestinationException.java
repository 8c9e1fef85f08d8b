package dev.sluice.domain.destination;

import dev.sluice.domain.port.PortException;

/// A destination cannot be stored. The message says why, and has no part of a secret.
public final class RefusedDestinationException extends PortException {

  private static final long serialVersionUID = 1L;

  private final String pointer;

  /// @param pointer the member at fault, as a JSON pointer from the destination
  /// @param message what is wrong with it
  public RefusedDestinationException(String pointer, String message) {
    super(message);
    this.pointer = pointer;
  }

  /// Returns the member at fault, as a JSON pointer from the destination.
  public String pointer() {
    return pointer;
  }
}
