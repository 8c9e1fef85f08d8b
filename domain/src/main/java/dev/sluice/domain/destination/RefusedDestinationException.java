package dev.sluice.domain.destination;

/// A destination cannot be stored. The message says why, and has no part of a secret.
public final class RefusedDestinationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String pointer;
  private final String detail;

  /// @param pointer the member at fault, as a JSON pointer from the destination
  /// @param detail what is wrong with it
  public RefusedDestinationException(String pointer, String detail) {
    super("destination" + pointer + " " + detail);
    this.pointer = pointer;
    this.detail = detail;
  }

  /// Returns the member at fault, as a JSON pointer from the destination.
  public String pointer() {
    return pointer;
  }

  /// Returns what is wrong with it.
  public String detail() {
    return detail;
  }
}
