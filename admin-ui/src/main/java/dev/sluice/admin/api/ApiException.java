package dev.sluice.admin.api;

/// A request did not give what was asked for.
public final class ApiException extends RuntimeException {

  private final transient Fault fault;

  /// For what went wrong.
  public ApiException(Fault fault) {
    super(fault.sentence());
    this.fault = fault;
  }

  /// What went wrong.
  public Fault fault() {
    return fault;
  }
}
