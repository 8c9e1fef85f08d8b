package dev.sluice.domain.destination;

/// A destination cannot be stored. The message says why, and has no part of a secret.
public final class RefusedDestinationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String pointer;
  private final String detail;
  private final boolean isTemporary;

  /// @param pointer the member at fault, as a JSON pointer from the destination
  /// @param detail what is wrong with it
  public RefusedDestinationException(String pointer, String detail) {
    this(pointer, detail, false);
  }

  private RefusedDestinationException(String pointer, String detail, boolean isTemporary) {
    super("destination" + pointer + " " + detail);
    this.pointer = pointer;
    this.detail = detail;
    this.isTemporary = isTemporary;
  }

  /// Returns a refusal that says nothing about the destination itself: its receiver could not be
  /// asked now.
  public static RefusedDestinationException temporary(String pointer, String detail) {
    return new RefusedDestinationException(pointer, detail, true);
  }

  /// Returns the member at fault, as a JSON pointer from the destination.
  public String pointer() {
    return pointer;
  }

  /// Returns what is wrong with it.
  public String detail() {
    return detail;
  }

  /// Returns whether the same destination may be accepted later.
  public boolean isTemporary() {
    return isTemporary;
  }
}
