package dev.sluice.adapter.broker;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The deliveries that this node has begun and not settled, with the messages that RabbitMQ waits
/// to hear of.
final class InFlight {

  private final ConcurrentHashMap<Key, Held> held = new ConcurrentHashMap<>();

  /// Of batches that are not settled as a whole.
  private final ConcurrentHashMap<Key, SettlementResult> results = new ConcurrentHashMap<>();

  /// A claim, however often its lease was prolonged.
  private record Key(
      long number, SubscriptionName subscription, int attempt, WorkerId worker, Instant startedAt) {

    static Key of(Claim claim) {
      return new Key(
          claim.number(),
          claim.subscription(),
          claim.attempt(),
          claim.lease().worker(),
          claim.lease().startedAt());
    }
  }

  /// A delivery in work.
  ///
  /// @param claim as it was handed out
  /// @param receivedDelivery its message
  /// @param leaseEnd until when nobody else may take it
  record Held(Claim claim, ReceivedDelivery receivedDelivery, Instant leaseEnd) {}

  /// Holds a claim together with its message.
  ///
  /// @return false when it is held already, by another message
  boolean add(Claim claim, ReceivedDelivery receivedDelivery) {
    var added = new Held(claim, receivedDelivery, claim.lease().expiresAt());
    Held before = held.putIfAbsent(Key.of(claim), added);
    if (before == null) {
      return true;
    }
    // RabbitMQ took the earlier message away and gave it out again.
    return !before.receivedDelivery().isHeld() && held.replace(Key.of(claim), before, added);
  }

  Optional<Held> find(Claim claim) {
    return Optional.ofNullable(held.get(Key.of(claim)));
  }

  void extend(Claim claim, Instant leaseEnd) {
    held.computeIfPresent(
        Key.of(claim), (_, known) -> new Held(known.claim(), known.receivedDelivery(), leaseEnd));
  }

  /// It is settled; its result is kept for a caller that has to ask again, because others of the
  /// same batch were not.
  void settled(Claim claim, SettlementResult result) {
    results.put(Key.of(claim), result);
    held.remove(Key.of(claim));
  }

  /// The result of a settlement; the lease of what is neither settled nor held was lost.
  SettlementResult takeResult(Claim claim) {
    SettlementResult result = results.remove(Key.of(claim));
    return result == null ? SettlementResult.LEASE_LOST : result;
  }

  void remove(Claim claim) {
    held.remove(Key.of(claim));
  }

  /// Those whose lease is over, at most `limit`.
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
