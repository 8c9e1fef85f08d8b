package dev.sluice.adapter.broker;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The deliveries that this node has begun and not settled, with their unacknowledged messages.
final class InFlight {

  private final ConcurrentHashMap<Key, Held> held = new ConcurrentHashMap<>();

  /// Results of batches that are not settled as a whole.
  private final ConcurrentHashMap<Key, SettlementResult> results = new ConcurrentHashMap<>();

  /// Identifies a claim, however often its lease was extended.
  private record Key(
      long sequence,
      SubscriptionName subscription,
      int attempt,
      WorkerId worker,
      Instant startedAt) {

    static Key of(Claim claim) {
      return new Key(
          claim.sequence(),
          claim.subscription(),
          claim.attempt(),
          claim.lease().worker(),
          claim.lease().startedAt());
    }
  }

  /// A delivery in progress.
  ///
  /// @param claim as it was claimed
  /// @param receivedDelivery its message
  /// @param leaseEnd until when no other worker may take it
  record Held(Claim claim, ReceivedDelivery receivedDelivery, Instant leaseEnd) {}

  /// Adds a claim with its message.
  ///
  /// @return false when it is already held, with another message
  boolean add(Claim claim, ReceivedDelivery receivedDelivery) {
    var added = new Held(claim, receivedDelivery, claim.lease().expiresAt());
    Held before = held.putIfAbsent(Key.of(claim), added);
    if (before == null) {
      return true;
    }
    // RabbitMQ requeued the earlier message and delivered it again.
    return !before.receivedDelivery().isHeld() && held.replace(Key.of(claim), before, added);
  }

  Optional<Held> find(Claim claim) {
    return Optional.ofNullable(held.get(Key.of(claim)));
  }

  void extend(Claim claim, Instant leaseEnd) {
    held.computeIfPresent(
        Key.of(claim), (_, known) -> new Held(known.claim(), known.receivedDelivery(), leaseEnd));
  }

  /// Removes a settled claim. Its result is kept for a caller that has to settle again, because
  /// other claims of the same batch were not settled.
  void settled(Claim claim, SettlementResult result) {
    results.put(Key.of(claim), result);
    held.remove(Key.of(claim));
  }

  /// Removes and returns the result of a settlement. The lease of a claim without a result was
  /// lost.
  SettlementResult takeResult(Claim claim) {
    SettlementResult result = results.remove(Key.of(claim));
    return result == null ? SettlementResult.LEASE_LOST : result;
  }

  void remove(Claim claim) {
    held.remove(Key.of(claim));
  }

  /// Returns deliveries whose lease has expired, up to `limit`.
  List<Held> expired(Instant now, int limit) {
    return held.values().stream()
        .filter(one -> !now.isBefore(one.leaseEnd()))
        .limit(limit)
        .toList();
  }

  List<Held> all() {
    return List.copyOf(held.values());
  }

  int size() {
    return held.size();
  }
}
