package dev.sluice.format.schedule;

/// A cron expression is not valid. Only used inside this package, to leave the parser.
final class MalformedCronException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String detail;

  /// @param detail what is wrong, and how to fix it
  MalformedCronException(String detail) {
    super(detail, null, false, false);
    this.detail = detail;
  }

  String detail() {
    return detail;
  }
}
