package dev.sluice.domain.figures;

/// How often something happened.
///
/// @param accepted events stored
/// @param completed deliveries processed
/// @param failed deliveries that became dead letters
/// @param retried failed attempts that are followed by another one
public record Totals(long accepted, long completed, long failed, long retried) {

  /// Nothing happened.
  public static final Totals NONE = new Totals(0, 0, 0, 0);

  /// Returns what happened since `earlier`.
  public Totals since(Totals earlier) {
    return new Totals(
        accepted - earlier.accepted,
        completed - earlier.completed,
        failed - earlier.failed,
        retried - earlier.retried);
  }

  /// Returns the sum of both.
  public Totals plus(Totals other) {
    return new Totals(
        accepted + other.accepted,
        completed + other.completed,
        failed + other.failed,
        retried + other.retried);
  }

  /// Returns the sum of all counts, a measure of how busy something is.
  public long volume() {
    return accepted + completed + failed + retried;
  }
}
