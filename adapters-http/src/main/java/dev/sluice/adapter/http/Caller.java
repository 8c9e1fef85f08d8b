package dev.sluice.adapter.http;

/// Who calls, as operators' actions are put down.
final class Caller {

  private static final String ANONYMOUS = "anonymous";

  private Caller() {}

  /// The name of whoever sent the request.
  static String of(@SuppressWarnings("unused") Exchange exchange) {
    return ANONYMOUS;
  }
}
