package dev.sluice.domain.delivery;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Every legal change of a delivery's status.
///
/// The types of [DeliveryState] already exclude all others. The table repeats them as data for the
/// tests that check all pairs, for the diagram in the documentation, and as a last check at run
/// time.
final class TransitionTable {

  static final Map<DeliveryStatus, Set<DeliveryStatus>> LEGAL = legalTransitions();

  private TransitionTable() {}

  /// Returns `next`.
  ///
  /// @throws IllegalStateException when `next` may not follow `current`
  static <S extends DeliveryState> S checked(DeliveryState current, S next) {
    if (!allows(current.status(), next.status())) {
      throw new IllegalStateException(
          "a delivery cannot change from " + current.status() + " to " + next.status());
    }
    return next;
  }

  static boolean allows(DeliveryStatus from, DeliveryStatus to) {
    return LEGAL.getOrDefault(from, Set.of()).contains(to);
  }

  private static Map<DeliveryStatus, Set<DeliveryStatus>> legalTransitions() {
    var legal = new EnumMap<DeliveryStatus, Set<DeliveryStatus>>(DeliveryStatus.class);
    legal.put(
        DeliveryStatus.RECEIVED, EnumSet.of(DeliveryStatus.PROCESSING, DeliveryStatus.CANCELLED));
    legal.put(
        DeliveryStatus.RETRYING, EnumSet.of(DeliveryStatus.PROCESSING, DeliveryStatus.CANCELLED));
    legal.put(
        DeliveryStatus.PROCESSING,
        EnumSet.of(
            DeliveryStatus.COMPLETED,
            DeliveryStatus.RETRYING,
            DeliveryStatus.FAILED,
            DeliveryStatus.RECEIVED,
            DeliveryStatus.EXPIRED));
    legal.put(DeliveryStatus.COMPLETED, EnumSet.of(DeliveryStatus.RECEIVED));
    legal.put(DeliveryStatus.FAILED, EnumSet.of(DeliveryStatus.RECEIVED, DeliveryStatus.CANCELLED));
    legal.put(DeliveryStatus.CANCELLED, EnumSet.of(DeliveryStatus.RECEIVED));
    legal.put(DeliveryStatus.EXPIRED, EnumSet.of(DeliveryStatus.RECEIVED));
    return legal;
  }
}
