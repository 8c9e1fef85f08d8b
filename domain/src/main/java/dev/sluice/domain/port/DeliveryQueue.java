package dev.sluice.domain.port;

import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Hands deliveries out to workers and records the outcomes of their attempts.
///
/// Every method except [#awaitWork] may throw [StoreUnavailableException]; then the outcome is
/// unknown, and repeating the call is safe: a settlement that was already recorded is reported as a
/// lost lease the second time.
public interface DeliveryQueue {

  /// Returns whether other processes claim from the queue too. If not, no other process can take
  /// over the deliveries of this one, and leases are measured by its monotonic counter.
  boolean isShared();

  /// Moves up to `max` due deliveries to processing under a lease for this worker. Two claims never
  /// return the same delivery while its lease lasts.
  ///
  /// Deliveries that have waited longest come first, new ones and due retries alike; with a broker,
  /// only approximately. A claim may return fewer than are due, so that large events cannot exhaust
  /// the memory. It returns none only if nothing is due except what others are claiming at that
  /// moment.
  ///
  /// Deliveries whose last attempt was abandoned are left to [#claimAbandoned], except with a
  /// broker, which hands out whatever comes first.
  ///
  /// Deliveries of paused subscriptions are not claimed. Those that a claim comes across are
  /// parked, so that later claims do not come across them again and cost the same however many
  /// there are; see [#unpark]. While a claim has many to park, it may return none although others
  /// are due; then [#awaitWork] returns at once.
  ///
  /// @param paused subscriptions whose deliveries are not claimed
  List<Claim> claim(WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused);

  /// Claims deliveries whose last attempt was abandoned, otherwise like [#claim]. Such a delivery
  /// may have crashed its worker and would crash the next one together with everything claimed with
  /// it, so these deliveries are claimed separately, a few at a time. [#awaitWork] does not wait
  /// for them.
  List<Claim> claimAbandoned(
      WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused);

  /// Makes parked deliveries due again at their old place in the order, except those of
  /// subscriptions in `paused`. Call it until it returns 0 after a pause ended, and from time to
  /// time, because a claim in progress, or a node that learns of the end later, may still park
  /// deliveries. It costs next to nothing when there is nothing to do.
  ///
  /// @param paused subscriptions whose deliveries stay parked
  /// @param limit maximum number of deliveries to unpark
  /// @return number of unparked deliveries
  int unpark(Set<SubscriptionName> paused, int limit);

  /// Returns how many deliveries wait for a worker and are due before `dueAt`, without parked ones:
  /// about as many are claimed before a delivery that is due at that time.
  ///
  /// @param limit the count stops here
  int countDueBefore(Instant dueAt, int limit);

  /// Records outcomes. A settlement whose attempt is no longer the current one changes nothing and
  /// is reported as [SettlementResult#LEASE_LOST].
  ///
  /// @return one result per settlement, in the same order
  List<SettlementResult> settle(List<Settlement> settlements);

  /// Extends leases to `lease` from now.
  ///
  /// @return the claims among `claims`, the same objects, that are no longer held; their workers
  ///   must stop
  List<Claim> extend(List<Claim> claims, Duration lease);

  /// Ends the attempts of up to `limit` deliveries whose lease has expired, each with the
  /// resolution that `verdict` returns. It may end fewer than there are, so that large events
  /// cannot exhaust the memory.
  ///
  /// @return the ended attempts and their resolutions
  List<Reclaimed> reclaimExpired(int limit, Function<Claim, Resolution> verdict);

  /// Returns when work may be due, or after `wait`. Spurious returns are possible.
  void awaitWork(Duration wait) throws InterruptedException;

  /// A delivery whose lease expired, and the resolution of its attempt.
  record Reclaimed(Claim claim, Resolution resolution) {}
}
