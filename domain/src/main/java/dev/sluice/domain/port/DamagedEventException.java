package dev.sluice.domain.port;

/// Thrown when a stored event cannot be read, because its content is not what was stored. Other
/// events are not affected, and a retry does not help.
public class DamagedEventException extends PortException {

  /// @param message which event, and what to do
  public DamagedEventException(String message) {
    super(message);
  }
}
