package dev.sluice.domain.port;

import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /// Moves due deliveries to processing under a lease for this worker, at most as many as the
  /// quotas allow. Two claims never return the same delivery while its lease lasts.
  ///
  /// Subscriptions get equal shares of the total; what one does not need goes to the others, and
  /// none waits for long while others are served. Of one subscription, deliveries come in the
  /// [dev.sluice.domain.claim.PriorityOrder] of the storage: among those of one priority, the
  /// longest due first, new ones and due retries alike. A claim may return fewer than are due, so
  /// that large events cannot exhaust the memory. It returns none only if nothing is due for which
  /// there is a quota, except what others are claiming at that moment. With a broker, shares and
  /// order hold only approximately, and all priorities are equal.
  ///
  /// Deliveries whose last attempt was abandoned are left to [#claimAbandoned], except with a
  /// broker, which hands out whatever comes first.
  ///
  /// Deliveries without a quota are not touched and cost the claim nothing, however many there are.
  List<Claim> claim(WorkerId worker, Quotas quotas, Duration lease);

  /// Claims deliveries whose last attempt was abandoned, otherwise like [#claim]. Such a delivery
  /// may have crashed its worker and would crash the next one together with everything claimed with
  /// it, so these deliveries are claimed separately, a few at a time. [#awaitWork] does not wait
  /// for them.
  List<Claim> claimAbandoned(WorkerId worker, Quotas quotas, Duration lease);

  /// Returns how many deliveries of a subscription wait for a worker and are due before `dueAt`.
  ///
  /// @param limit the count stops here
  int countDueBefore(SubscriptionName subscription, Instant dueAt, int limit);

  /// Returns how many due deliveries of a subscription are claimed before one of this priority that
  /// is due at `dueAt`, unless more become due meanwhile.
  ///
  /// @param limit the count stops here
  int countAhead(SubscriptionName subscription, Priority priority, Instant dueAt, int limit);

  /// Returns how many deliveries of a subscription are not finished, those in progress included.
  ///
  /// @param limit the count stops here
  int countUnfinished(SubscriptionName subscription, int limit);

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

  /// Returns when work for which there is a quota may be due, or after `wait`, or when [#wakeUp] is
  /// called. Spurious returns are possible.
  void awaitWork(Quotas quotas, Duration wait) throws InterruptedException;

  /// Makes [#awaitWork] return on this node, because quotas have grown.
  void wakeUp();

  /// A delivery whose lease expired, and the resolution of its attempt.
  record Reclaimed(Claim claim, Resolution resolution) {}
}
