package dev.sluice.admin.api;

/// Thrown when a request fails; [#fault] says how.
public final class ApiException extends RuntimeException {

  private final transient Fault fault;

  /// Wraps a fault, whose sentence becomes the message.
  public ApiException(Fault fault) {
    super(fault.sentence());
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
