package dev.sluice.domain.port;

/// Thrown when something outside does not do what its port promises.
public class PortException extends RuntimeException {

  public PortException(String message) {
    super(message);
  }

  public PortException(String message, Throwable cause) {
    super(message, cause);
  }
}
