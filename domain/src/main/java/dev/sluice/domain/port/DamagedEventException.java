package dev.sluice.domain.port;

/// A stored event cannot be read: its content is not what was stored. Other events are not
/// affected, and trying again does not help.
public class DamagedEventException extends PortException {

  /// @param message which event, and what to do
  public DamagedEventException(String message) {
    super(message);
  }
}
