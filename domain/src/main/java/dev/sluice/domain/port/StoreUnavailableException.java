package dev.sluice.domain.port;

/// Thrown when the storage did not respond, or with an error: whether the call took effect is
/// unknown.
public final class StoreUnavailableException extends PortException {

  public StoreUnavailableException(String message) {
    super(message);
  }

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
